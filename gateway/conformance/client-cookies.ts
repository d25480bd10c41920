import { setCookiePair } from "../endpoints/sessions/cookie-header.ts";
import { sessionCookieName } from "../endpoints/sessions/session-cookie.ts";

/** The cookies that the clients of one case have kept, as browsers do: the newest of a name. RFC 6265 §5.3. */
export class ClientCookies {
  readonly #jars = new Map<string, Map<string, string>>();

  /** The `Cookie` field of a client; undefined: none. */
  fieldOf(client: string | undefined, own: string | undefined): string | undefined {
    const jar = client === undefined ? undefined : this.#jars.get(client);
    const kept = [...(jar ?? [])].map(([name, value]) => `${name}=${value}`);
    const all = own === undefined ? kept : [...kept, own];
    return all.length === 0 ? undefined : all.join("; ");
  }

  keep(client: string | undefined, setCookies: readonly string[]): void {
    if (client === undefined) return;
    const jar = this.#jars.get(client) ?? new Map<string, string>();
    this.#jars.set(client, jar);
    for (const line of setCookies) {
      const pair = setCookiePair(line);
      if (pair) jar.set(pair.name, pair.value);
    }
  }
}

export function setsSessionCookie(setCookies: readonly string[]): boolean {
  return setCookies.some((line) => line.startsWith(`${sessionCookieName}=`));
}
