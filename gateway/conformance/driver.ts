import type { EndpointView } from "../endpoints/endpoint-runtime.ts";
import type { Behaviour, CheckFinding, ClientRequest, ClientView, DriverName, Given, Step } from "./case.ts";

/** How one request fared. */
export type Fared = {
  /** As {@link Expectation.ways} writes it. */
  way: string;
  status: number;
  retryAfter: number | undefined;
  description: string | undefined;
  setsCookie: boolean;
  bodyAt: string;
  cookieAt: string;
  targetAt: string;
  client: ClientView;
};

/** What runs cases: one world after the other. */
export type Driver = {
  readonly name: DriverName;
  open(given: Given): Promise<CaseWorld>;
  close(): Promise<void>;
};

/** A gateway with one API, its endpoints and its clients, as one case has them. */
export type CaseWorld = {
  pass(ms: number): void;
  reload(given: Given): Promise<void>;
  setBehaviour(endpointId: string, behaviour: Behaviour): Promise<void>;
  check(endpointId: string, finding: CheckFinding): Promise<void>;
  send(request: ClientRequest): Promise<Fared>;
  /** Where the request is once an endpoint has it. */
  begin(name: string, request: ClientRequest): Promise<string>;
  finish(name: string, as: NonNullable<Step["finish"]>["as"]): Promise<Fared>;
  now(): number;
  view(endpointId: string): EndpointView & { id: string; retriesLeft: number };
  close(): Promise<void>;
};
