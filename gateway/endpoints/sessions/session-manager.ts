import type { GroupRuntime } from "../group-runtime.ts";
import type { PassedBy } from "../passed-by.ts";
import type { Refusal, Selection } from "../selection.ts";
import { cookieValues, setCookiePair } from "./cookie-header.ts";
import { type SessionClaim, SessionCookieCodec, sessionCookieName, sessionSetCookie } from "./session-cookie.ts";
import { groupTag, sessionKey } from "./session-key.ts";
import type { SessionStore } from "./session-store.ts";
import type { SoapSessionIds } from "./soap-header.ts";

/** Cookies by which backends keep sessions of their own. */
const defaultBackendCookieNames: readonly string[] = ["JSESSIONID", "PHPSESSID"];

/** What a request says of its client. */
export type ClientIdentity = {
  /** All `Cookie` fields, joined by "; ". */
  cookie: string | undefined;
  clientIdHeader: string | undefined;
  /** From the SOAP header, where {@link SessionManager.needsSoapHeader} asked for it. */
  soap: SoapSessionIds;
};

/** A request's session while the request is on its way. */
export type RequestSession = {
  /** The endpoint to pick with. It may have left the group since. */
  readonly boundEndpointId: string | undefined;
  /** Keys in the gateway's memory that belong to whatever answers. */
  readonly keys: readonly string[];
  /** Values of our cookie as the client sent them. */
  readonly cookies: readonly string[];
  readonly claim: SessionClaim | undefined;
};

/** What of a response concerns sessions. */
export type SessionResponse = { setCookies: readonly string[]; isSecure: boolean; cookiePath: string };

/**
 * Session management of load-balanced groups (WSO2: None, Transport, SOAP, Client ID). Use, without waiting in between:
 * `identify` a request and `pick`; then `onResponse` when headers
 * arrived, and for SOAP `onSoapResponse` when the response's header was read. Times are ms: `now` monotonic,
 * `wallClockMs` since the epoch.
 */
export class SessionManager {
  readonly #store: SessionStore;
  readonly #codec: SessionCookieCodec;
  readonly #backendCookieNames: readonly string[];
  readonly #tags = new WeakMap<GroupRuntime, string>();

  constructor(store: SessionStore, secret: string, backendCookieNames = defaultBackendCookieNames) {
    this.#store = store;
    this.#codec = new SessionCookieCodec(secret);
    this.#backendCookieNames = backendCookieNames;
  }

  /** Whether the head of the request's body has to be read before an endpoint can be chosen. */
  needsSoapHeader(group: GroupRuntime, clientIdHeader: string | undefined): boolean {
    const { kind } = group.session;
    return kind === "soap" || (kind === "client-id" && !clientIdHeader);
  }

  /** Finds the session of a request, whose time starts anew. */
  identify(group: GroupRuntime, client: ClientIdentity, now: number, wallClockMs: number): RequestSession {
    switch (group.session.kind) {
      case "none":
        return noSession;
      case "transport":
        return client.cookie === undefined ? noSession : this.#identifyByCookie(group, client.cookie, now, wallClockMs);
      case "soap":
        return this.#identifyBySoap(group, client.soap.serviceGroupId, now);
      case "client-id":
        return this.#identifyByClientId(group, client.clientIdHeader || client.soap.clientId, now);
    }
  }

  /**
   * Picks the endpoint for a request's next attempt. A new Client ID is bound in the same moment, before anything is
   * sent, so that a second request of the client follows the first, whichever thread has it. An existing binding moves
   * only when another endpoint has answered.
   */
  pick(
    group: GroupRuntime,
    session: RequestSession,
    tried: ReadonlySet<string>,
    now: number,
    passedBy?: PassedBy[],
  ): Selection | Refusal {
    const [key] = session.keys;
    if (group.session.kind !== "client-id" || key === undefined || tried.size > 0 || isBound(group, session))
      return group.pick(tried, session.boundEndpointId, now, passedBy);
    let picked: Selection | Refusal | undefined;
    this.#store.bindFirst(key, group.session.timeoutMs, now, (tag) => {
      const bound = tag === undefined ? undefined : group.findEndpointByTag(tag)?.id;
      picked = group.pick(tried, bound, now, passedBy);
      return bound === undefined && picked.kind === "selection" ? picked.endpoint.tag : undefined;
    });
    return picked ?? group.pick(tried, undefined, now, passedBy);
  }

  /** Binds the session to the endpoint that answered. Returns `Set-Cookie` values to add to the response. */
  onResponse(
    group: GroupRuntime,
    session: RequestSession,
    selection: Selection,
    response: SessionResponse,
    now: number,
    wallClockMs: number,
  ): string[] {
    const { kind, timeoutMs } = group.session;
    if (kind === "none") return [];
    const { id: endpointId, tag } = selection.endpoint;
    for (const key of session.keys) this.#store.bind(key, tag, timeoutMs, now);
    if (kind !== "transport") return [];
    for (const line of response.setCookies) this.#bindBackendCookie(group, line, tag, now);
    if (isFresh(session.claim, endpointId, timeoutMs, wallClockMs)) return [];
    const claim = { endpointId, expiresAtMs: wallClockMs + timeoutMs };
    const value = this.#codec.write(this.#tag(group), claim, session.cookies, wallClockMs);
    return [sessionSetCookie(value, response.cookiePath, response.isSecure)];
  }

  /** Binds a SOAP session by the id that the endpoint's response gave out. */
  onSoapResponse(group: GroupRuntime, selection: Selection, ids: SoapSessionIds, now: number): void {
    const { kind, timeoutMs } = group.session;
    if (kind !== "soap" || ids.replyToServiceGroupId === undefined) return;
    const key = sessionKey(this.#tag(group), "soap", ids.replyToServiceGroupId);
    this.#store.bind(key, selection.endpoint.tag, timeoutMs, now);
  }

  #identifyByCookie(group: GroupRuntime, header: string, now: number, wallClockMs: number): RequestSession {
    const cookies = cookieValues(header, sessionCookieName);
    const claim = cookies.length === 0 ? undefined : this.#codec.read(this.#tag(group), cookies, wallClockMs);
    const keys: string[] = [];
    let boundEndpointId = claim && group.findEndpoint(claim.endpointId) ? claim.endpointId : undefined;
    for (const name of this.#backendCookieNames) {
      for (const value of cookieValues(header, name).slice(0, maxBackendCookies)) {
        const key = this.#backendKey(group, name, value);
        const endpointId = this.#use(group, key, now);
        if (endpointId === undefined) continue;
        keys.push(key);
        boundEndpointId ??= endpointId;
      }
    }
    return { boundEndpointId, keys, cookies, claim };
  }

  /** A ServiceGroupId that no response has named to this gateway is bound to nobody. */
  #identifyBySoap(group: GroupRuntime, id: string | undefined, now: number): RequestSession {
    if (!id) return noSession;
    const key = sessionKey(this.#tag(group), "soap", id);
    const boundEndpointId = this.#use(group, key, now);
    return boundEndpointId === undefined ? noSession : { ...noSession, boundEndpointId, keys: [key] };
  }

  #identifyByClientId(group: GroupRuntime, id: string | undefined, now: number): RequestSession {
    if (!id) return noSession;
    const key = sessionKey(this.#tag(group), "client-id", id);
    return { ...noSession, boundEndpointId: this.#use(group, key, now), keys: [key] };
  }

  /** The endpoint that a key is bound to, if it is still one of the group. */
  #use(group: GroupRuntime, key: string, now: number): string | undefined {
    const tag = this.#store.use(key, group.session.timeoutMs, now);
    return tag === undefined ? undefined : group.findEndpointByTag(tag)?.id;
  }

  /** A session id that the endpoint gave out or rotated belongs to it from now on. */
  #bindBackendCookie(group: GroupRuntime, line: string, tag: number, now: number): void {
    const pair = setCookiePair(line);
    if (!pair || pair.value === "" || !this.#backendCookieNames.includes(pair.name)) return;
    this.#store.bind(this.#backendKey(group, pair.name, pair.value), tag, group.session.timeoutMs, now);
  }

  #backendKey(group: GroupRuntime, name: string, value: string): string {
    return sessionKey(this.#tag(group), "cookie", `${name}=${value}`);
  }

  #tag(group: GroupRuntime): string {
    const known = this.#tags.get(group);
    if (known !== undefined) return known;
    const tag = groupTag(group.apiId, group.keyType);
    this.#tags.set(group, tag);
    return tag;
  }
}

const noSession: RequestSession = { boundEndpointId: undefined, keys: [], cookies: [], claim: undefined };

/** One name comes once for each path that matches; more than a few are no browser's. */
const maxBackendCookies = 4;

function isBound(group: GroupRuntime, { boundEndpointId }: RequestSession): boolean {
  return boundEndpointId !== undefined && group.findEndpoint(boundEndpointId) !== undefined;
}

/**
 * Whether the client's cookie says what a new one would say. The time counts from the last use, so a response renews
 * it; but the fifty responses of one page need not: within a hundredth of the timeout, a second at most, it stays.
 */
function isFresh(claim: SessionClaim | undefined, endpointId: string, timeoutMs: number, wallClockMs: number): boolean {
  if (claim?.endpointId !== endpointId) return false;
  const ageMs = wallClockMs + timeoutMs - claim.expiresAtMs;
  return ageMs >= 0 && ageMs < Math.min(1_000, timeoutMs / 100);
}
