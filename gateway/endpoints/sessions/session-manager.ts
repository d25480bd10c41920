import type { GroupRuntime, Selection } from "../group-runtime.ts";
import { cookieValue, setCookiePair } from "./cookie-header.ts";
import { readSessionCookie, sessionCookieName, sessionSetCookie, signSessionCookie } from "./session-cookie.ts";
import type { SessionStore } from "./session-store.ts";
import type { SoapSessionIds } from "./soap-header.ts";

/** Cookies by which backends keep sessions of their own. */
const backendCookieNames = ["JSESSIONID", "PHPSESSID"] as const;

/** What a request says of its client. */
export type ClientIdentity = {
  cookie: string | undefined;
  clientIdHeader: string | undefined;
  /** From the SOAP header, where {@link SessionManager.needsSoapHeader} asked for it. */
  soap: SoapSessionIds;
};

/** A request's session while the request is on its way. `storeKey` is absent where no memory is needed. */
export type RequestSession = {
  boundEndpointId: string | undefined;
  storeKey: string | undefined;
};

/** What of a response concerns sessions. */
export type SessionResponse = { setCookies: readonly string[]; isSecure: boolean; cookiePath: string };

/**
 * Session management of load-balanced groups (WSO2: None, Transport, SOAP, Client ID). Use: `identify` a request, pick
 * with its `boundEndpointId`, tell `onSelected` before sending and `onResponse` when headers arrived; for SOAP, tell
 * `onSoapResponse` when the response's header was read. Times are ms: `now` monotonic, `wallClockMs` since the epoch.
 */
export class SessionManager {
  readonly #store: SessionStore;
  readonly #secret: string;

  constructor(store: SessionStore, secret: string) {
    this.#store = store;
    this.#secret = secret;
  }

  /** Whether the head of the request's body has to be read before an endpoint can be chosen. */
  needsSoapHeader(group: GroupRuntime, clientIdHeader: string | undefined): boolean {
    const { kind } = group.session;
    return kind === "soap" || (kind === "client-id" && clientIdHeader === undefined);
  }

  identify(group: GroupRuntime, client: ClientIdentity, now: number, wallClockMs: number): RequestSession {
    const { kind } = group.session;
    switch (kind) {
      case "none":
        return noSession;
      case "transport":
        return this.#identifyByCookie(group, client.cookie, now, wallClockMs);
      case "soap":
        return this.#identifyByKey(group, "soap", client.soap.serviceGroupId, now);
      case "client-id":
        return this.#identifyByKey(group, "client", client.clientIdHeader ?? client.soap.clientId, now);
    }
  }

  /** Client ID binds before anything is sent, so that a second request of the same client follows the first. */
  onSelected(group: GroupRuntime, session: RequestSession, selection: Selection, now: number): void {
    if (group.session.kind !== "client-id" || session.storeKey === undefined) return;
    this.#store.bind(session.storeKey, selection.endpoint.id, group.session.timeoutMs, now);
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
    const endpointId = selection.endpoint.id;
    if (session.storeKey !== undefined) this.#store.bind(session.storeKey, endpointId, timeoutMs, now);
    if (kind !== "transport") return [];
    for (const line of response.setCookies) this.#bindBackendCookie(group, line, endpointId, now);
    // Every response renews the cookie, so its signed expiry is exactly the timeout from the last use.
    const claim = { endpointId, expiresAtMs: wallClockMs + timeoutMs };
    const value = signSessionCookie(claim, groupKey(group), this.#secret);
    return [sessionSetCookie(value, response.cookiePath, response.isSecure)];
  }

  /** Binds a SOAP session by the id that the endpoint's response gave out. */
  onSoapResponse(group: GroupRuntime, selection: Selection, ids: SoapSessionIds, now: number): void {
    if (group.session.kind !== "soap" || ids.replyToServiceGroupId === undefined) return;
    const key = storeKey(group, "soap", ids.replyToServiceGroupId);
    this.#store.bind(key, selection.endpoint.id, group.session.timeoutMs, now);
  }

  #identifyByKey(group: GroupRuntime, kind: string, id: string | undefined, now: number): RequestSession {
    if (id === undefined || id === "" || id.length > 1_000) return noSession;
    const key = storeKey(group, kind, id);
    const boundEndpointId = this.#store.use(key, group.session.timeoutMs, now);
    return { boundEndpointId, storeKey: key };
  }

  #identifyByCookie(group: GroupRuntime, header: string | undefined, now: number, wallClockMs: number): RequestSession {
    if (header === undefined) return noSession;
    const value = cookieValue(header, sessionCookieName);
    const claim =
      value === undefined ? undefined : readSessionCookie(value, groupKey(group), this.#secret, wallClockMs);
    if (claim && group.findEndpoint(claim.endpointId)) {
      return { boundEndpointId: claim.endpointId, storeKey: undefined };
    }
    for (const name of backendCookieNames) {
      const id = cookieValue(header, name);
      if (id !== undefined && id !== "") {
        const key = storeKey(group, name, id);
        const boundEndpointId = this.#store.use(key, group.session.timeoutMs, now);
        if (boundEndpointId !== undefined) return { boundEndpointId, storeKey: key };
      }
    }
    return noSession;
  }

  /** A session id that the endpoint gave out or rotated belongs to it from now on. */
  #bindBackendCookie(group: GroupRuntime, line: string, endpointId: string, now: number): void {
    const pair = setCookiePair(line);
    if (!pair || pair.value === "" || !backendCookieNames.some((name) => name === pair.name)) return;
    this.#store.bind(storeKey(group, pair.name, pair.value), endpointId, group.session.timeoutMs, now);
  }
}

const noSession: RequestSession = { boundEndpointId: undefined, storeKey: undefined };

function groupKey(group: GroupRuntime): string {
  return `${group.apiId}/${group.keyType}`;
}

function storeKey(group: GroupRuntime, kind: string, id: string): string {
  return `${groupKey(group)}/${kind}/${id}`;
}
