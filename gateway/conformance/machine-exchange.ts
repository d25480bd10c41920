import type { ErrorCode } from "../../lib/model/error-code.ts";
import type { GroupRuntime, Selection } from "../endpoints/group-runtime.ts";
import type { RequestSession, SessionManager } from "../endpoints/sessions/session-manager.ts";
import { SoapHeaderReader } from "../endpoints/sessions/soap-header.ts";
import { refused } from "../proxy/choose-endpoint.ts";
import { attemptFailed, type GatewayError } from "../proxy/gateway-error.ts";
import { retryAfterMs } from "../proxy/retry-after.ts";
import { isIdempotent, whyNotPassOn, whyNotTryAnother } from "../proxy/retry-rules.ts";
import type { ClientRequest, EndpointAnswer } from "./case.ts";
import { setsSessionCookie } from "./client-cookies.ts";
import type { Fared } from "./driver.ts";
import type { MachineOutcome } from "./machine-outcome.ts";

/** What an exchange needs of the world it takes place in. */
export type MachineSurroundings = {
  group: GroupRuntime;
  sessions: SessionManager;
  now: () => number;
  wallClock: () => number;
};

type Last = { kind: "failed"; code: ErrorCode } | { kind: "answered"; answer: EndpointAnswer; selection: Selection };

/** One request through the parts that decide, in the order in which the proxy calls them, without a socket. */
export class MachineExchange {
  /** The attempt that is under way. */
  selection: Selection | undefined;
  fared: Fared | undefined;
  /** `Set-Cookie` of the answer. */
  setCookies: readonly string[] = [];
  readonly #around: MachineSurroundings;
  readonly #request: { method: string; rawHeaders: string[] };
  readonly #session: RequestSession;
  readonly #tried: string[] = [];
  #last: Last | undefined;

  constructor(around: MachineSurroundings, request: ClientRequest, cookie: string | undefined) {
    this.#around = around;
    const { method = "GET", headers = {}, xml } = request;
    this.#request = { method, rawHeaders: Object.entries(headers).flat() };
    const clientIdHeader = Object.entries(headers).find(([name]) => name.toLowerCase() === "clientid")?.[1];
    const { group, sessions, now, wallClock } = around;
    const reader = new SoapHeaderReader();
    if (xml !== undefined && sessions.needsSoapHeader(group, clientIdHeader)) {
      reader.write(typeof xml === "string" ? Buffer.from(xml) : xml);
    }
    this.#session = sessions.identify(group, { cookie, clientIdHeader, soap: reader.ids }, now(), wallClock());
    this.#pick();
  }

  /** Ends the attempt that is under way like this, and picks again where the rules allow it. */
  end(outcome: MachineOutcome): void {
    const selection = this.#take();
    if (outcome.kind === "answer") this.#onAnswer(selection, outcome.answer);
    else this.#onError(selection, outcome.code, outcome.wasSent);
  }

  leave(): void {
    const { group, now } = this.#around;
    group.settle(this.#take(), { kind: "void" }, now());
    this.#finish("~", 499);
  }

  #take(): Selection {
    const { selection } = this;
    if (!selection) throw new Error("no attempt is under way");
    this.selection = undefined;
    return selection;
  }

  #pick(): void {
    const { group, sessions, now } = this.#around;
    const picked = sessions.pick(group, this.#session, new Set(this.#tried), now());
    if (picked.kind === "selection") {
      this.selection = picked;
      this.#tried.push(picked.endpoint.id);
    } else if (!this.#last) this.#fail(refused(group, picked, now()));
    else if (this.#last.kind === "failed") this.#fail(attemptFailed(this.#last.code));
    else this.#answer(this.#last.selection, this.#last.answer);
  }

  #onAnswer(selection: Selection, answer: EndpointAnswer): void {
    const { group, now, wallClock } = this.#around;
    const { status = 200, headers = {} } = answer;
    if (!group.settings.failoverStatuses?.statuses.includes(status)) {
      group.settle(selection, { kind: "success" }, now());
      this.#answer(selection, answer);
      return;
    }
    const asked = retryAfterMs(Object.entries(headers).flat(), wallClock());
    group.settle(selection, { kind: "status", retryAfterMs: asked }, now());
    if (
      whyNotPassOn(group.settings, { ...this.#request, isIdempotent: isIdempotent(this.#request) }, true) !== undefined
    ) {
      this.#answer(selection, answer);
      return;
    }
    this.#last = { kind: "answered", answer, selection };
    this.#pick();
  }

  #onError(selection: Selection, code: ErrorCode, wasSent: boolean): void {
    const { group, now } = this.#around;
    group.settle(selection, { kind: "error", code }, now());
    const rules = { mayFailOver: group.mayFailOver, retryNonIdempotent: group.settings.retryNonIdempotent };
    const failed = { code, wasSent, policy: selection.endpoint.policy };
    if (whyNotTryAnother(rules, failed, isIdempotent(this.#request), true) !== undefined) {
      this.#fail(attemptFailed(code));
      return;
    }
    this.#last = { kind: "failed", code };
    this.#pick();
  }

  #answer(selection: Selection, answer: EndpointAnswer): void {
    const { group, sessions, now, wallClock } = this.#around;
    const { status = 200, setCookies = [], serviceGroupId } = answer;
    const response = { setCookies, isSecure: false, cookiePath: "/" };
    const own = sessions.onResponse(group, this.#session, selection, response, now(), wallClock());
    this.setCookies = [...setCookies, ...own];
    if (serviceGroupId !== undefined) {
      sessions.onSoapResponse(group, selection, { replyToServiceGroupId: serviceGroupId }, now());
    }
    // The last endpoint with a failover status may have been followed by one that nobody could have.
    this.#finish("", status);
  }

  #fail({ code, status, description, retryAfterSeconds }: GatewayError): void {
    this.#finish(`!${code}`, status, description, retryAfterSeconds);
  }

  #finish(ending: string, status: number, description?: string, retryAfter?: number): void {
    const way = this.#tried.join(">") + ending;
    const setsCookie = setsSessionCookie(this.setCookies);
    this.fared = {
      way,
      status,
      description,
      retryAfter,
      setsCookie,
      bodyAt: "",
      cookieAt: "",
      targetAt: "",
      client: {},
    };
  }
}
