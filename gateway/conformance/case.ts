import type { EndpointConfigKind, SessionSettings } from "../../lib/model/endpoint-config.ts";
import type { EndpointSettings } from "../../lib/model/endpoint-policy.ts";
import type { EndpointSwitch } from "../../lib/model/endpoint-switch.ts";
import type { ErrorCode } from "../../lib/model/error-code.ts";
import type { FailoverStatuses, HealthCheck } from "../../lib/model/group-settings.ts";
import type { LifecycleState } from "../../lib/model/lifecycle.ts";
import type { DifferenceId } from "./differences.ts";
import type { HostileBehaviour } from "./hostile-behaviours.ts";
import type { Source } from "./sources.ts";

/**
 * One rule of the endpoints as data: what is configured, what happens, and what has to come of it. A case says nothing of
 * how it is run; drivers do that, on the state machine with a clock of its own or on the running gateway.
 */
export type ConformanceCase = {
  /** A sentence in the present tense. */
  name: string;
  given: Given;
  when: readonly Step[];
  source: Source;
  /** The deliberate difference from Synapse that the case shows. */
  shows?: DifferenceId;
  /** Absent: the case runs on both. */
  only?: DriverName;
};

export type DriverName = "machine" | "sockets";
export type CaseGroup = { title: string; cases: readonly ConformanceCase[] };

/** A group of endpoints A, B, C… as its publisher configured it. Without more: load-balanced over three, failover on. */
export type Given = {
  kind?: EndpointConfigKind;
  /** Ids in list order, the primary first: "A B C". */
  members?: string;
  /** How many members each tier of a tiered group has. */
  tiers?: readonly number[];
  /** Settings of every member. */
  settings?: EndpointSettings;
  /** Settings of single members in place of those. */
  settingsOf?: Readonly<Record<string, EndpointSettings>>;
  weights?: Readonly<Record<string, number>>;
  failover?: boolean;
  retryNonIdempotent?: boolean;
  session?: SessionSettings;
  failoverStatuses?: Partial<FailoverStatuses> & { statuses: number[] };
  healthCheck?: Partial<HealthCheck> & { path: string };
  slowStartMs?: number;
  switches?: Readonly<Record<string, EndpointSwitch["position"]>>;
  /** Endpoints that have the URL of another backend: { A: "D" }. */
  movedTo?: Readonly<Record<string, string>>;
  /** Path of every endpoint's URL; absent: none. */
  endpointPath?: string;
  /** Sandbox endpoints; with `members` of "" there are no others. */
  sandbox?: string;
  lifecycle?: LifecycleState;
  isDefaultVersion?: boolean;
  /** Whether the API needs a key, one of {@link file://./given-api.ts}. */
  needsKey?: boolean;
};

/** How an endpoint answers. The body is the endpoint's id, or an envelope that names a SOAP session. */
export type EndpointAnswer = {
  status?: number;
  headers?: Readonly<Record<string, string>>;
  setCookies?: readonly string[];
  /** The answer's WS-Addressing ReplyTo names this ServiceGroupId. */
  serviceGroupId?: string;
  /** The connection stays open for another request. */
  keepsConnection?: boolean;
};

/** What an endpoint does with a request once it has all of it. */
export type Behaviour =
  | "answers"
  | "refuses"
  | "resets"
  | "closes"
  | "stalls"
  | "talks-nonsense"
  | { answers: EndpointAnswer }
  /** On the machine alone: the attempt ends with this code, after bytes of the request were sent or before. */
  | { fails: ErrorCode; unsent?: boolean }
  /** On sockets alone. */
  | { hostile: HostileBehaviour };

/** A request as its client sends it. */
export type ClientRequest = {
  method?: string;
  /** Behind the API's context; absent: a path in its version 1.0.0. */
  path?: string;
  headers?: Readonly<Record<string, string>>;
  /** Bytes of an arbitrary body. */
  bodyBytes?: number;
  /** A body that is text; it is said to be XML. */
  xml?: string | Uint8Array;
  /** A client that keeps its cookies, by name. */
  client?: string;
  /** On sockets alone: these bytes and nothing else. {api} stands for the API's path. */
  raw?: string;
};

/** What happens, in this order, and what has to be true after it. */
export type Step = {
  /** Time that passes first, ms. */
  after?: number;
  /** Another configuration of the same API. */
  reload?: Given;
  /** What active checks find out; single results of checks on the machine alone. */
  checks?: Readonly<Record<string, CheckFinding>>;
  /** What endpoints do from now on. */
  endpoints?: Readonly<Record<string, Behaviour>>;
  /** Requests, one after the other. */
  send?: ClientRequest & { times?: number };
  /** A request that an endpoint takes and does not answer until it is finished by name. */
  begin?: ClientRequest & { name: string };
  /** What becomes of it: the endpoint does this, or its client leaves. */
  finish?: { name: string; as: Behaviour | "client-leaves" };
  expect?: Expectation;
};

/** What has to be true after a step. */
export type Expectation = {
  /**
   * The way of each request of the step: "A" is answered by A, "A>B" fails at A and is answered by B, "A>B!101503" fails
   * at both and the client gets the code, "!303000" tries nobody, "A~" is left by its client. Of a request that has begun:
   * where it is.
   */
  ways?: string;
  /** How many requests of the step each endpoint answered. */
  shares?: Readonly<Record<string, number>>;
  /** HTTP status, seconds of Retry-After and description of the last answer. */
  status?: number;
  retryAfter?: number;
  description?: string;
  states?: Readonly<Record<string, EndpointState>>;
  /** Counted failures. */
  failures?: Readonly<Record<string, number>>;
  /** Whether the last answer sets the gateway's session cookie. */
  setsCookie?: boolean;
  /** On sockets alone: which endpoints have got the body of the last request byte for byte, in order. */
  bodyAt?: string;
  /** On sockets alone: the target that the last endpoint got. */
  targetAt?: string;
  /** On sockets alone: the `Cookie` field that the last endpoint got; "" for none. */
  cookieAt?: string;
  /** On sockets alone: what the client saw of the last answer. */
  client?: ClientView;
};

/** Found down or up by as many checks as that takes; or these results, one check after the other. */
export type CheckFinding = "down" | "up" | readonly ("fails" | "succeeds")[];

type StateKind = "ACTIVE" | "TIMEOUT" | "SUSPENDED" | "OFF";
/** `retryIn`: ms until it may be tried. */
export type EndpointState = StateKind | { kind: StateKind; retryIn?: number; retriesLeft?: number };

/** What a client can see of an answer beyond its status. */
export type ClientView = {
  /** Whether the answer came to its end. */
  isWhole?: boolean;
  bytes?: number;
  text?: string;
  /** Statuses that came before the final one. */
  informational?: readonly number[];
  /** Growth of the whole process, test and endpoints included, while the step lasted. MiB. */
  memoryBelow?: number;
};
