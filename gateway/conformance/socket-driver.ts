import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { DecisionRecord } from "../../lib/model/decision-record.ts";
import { retriesOf } from "../endpoints/endpoint-state.ts";
import { codeOf, sendRaw } from "../testing/call.ts";
import { startGateway, type TestGateway } from "../testing/start-gateway.ts";
import type { Behaviour, CheckFinding, ClientRequest, Given } from "./case.ts";
import { CaseBackend, holdHeader } from "./case-backend.ts";
import { CaseClient } from "./case-client.ts";
import { ClientCookies, setsSessionCookie } from "./client-cookies.ts";
import type { CaseWorld, Driver, Fared } from "./driver.ts";
import { givenApi } from "./given-api.ts";

const backendIds = ["A", "B", "C", "D"];

/** A stream that stands still is cut after this, ms: cases cannot wait as long as an installation. */
const idleMs = { body: 2_000, eventStream: 2_000, webSocket: 2_000 };

/** Where the clock of every case begins, ms; the wall clock stands as long after midnight. */
const firstMs = 1_000_000;

/** How long the gateway may take to note what a client has seen already, ms. */
const settleMs = 5_000;

/** Runs cases on a running gateway and backends over sockets. The clock that states go by moves when a case says so. */
export async function socketDriver(): Promise<Driver> {
  const clock = { now: firstMs, caseBeganAt: firstMs };
  const wallClockStart = Date.UTC(2026, 0, 1);
  const gateway = await startGateway({
    logLevel: "error",
    now: () => clock.now,
    wallClock: () => wallClockStart + firstMs + clock.now - clock.caseBeganAt,
    idleMs,
  });
  const heldOnce = new Set<string>();
  const backends = new Map(backendIds.map((id) => [id, new CaseBackend(id, heldOnce)]));
  for (const backend of backends.values()) await backend.listen();
  let opened = 0;
  return {
    name: "sockets",
    open: async (given) => {
      opened += 1;
      clock.caseBeganAt = clock.now;
      const world = new SocketWorld(`case-${opened}`, gateway, backends, clock);
      await world.begins(given);
      return world;
    },
    close: async () => {
      await gateway.close();
      const left = () => [...backends.values()].filter(({ openConnections }) => openConnections > 0);
      try {
        await eventually("the gateway has let go of every endpoint", () => left().length === 0 || undefined);
      } finally {
        for (const backend of backends.values()) await backend.stop();
      }
    },
  };
}

type Begun = { client: CaseClient; request: ClientRequest; requestId: string };

class SocketWorld implements CaseWorld {
  readonly #apiId: string;
  readonly #gateway: TestGateway;
  readonly #backends: ReadonlyMap<string, CaseBackend>;
  readonly #clock: { now: number };
  readonly #cookies = new ClientCookies();
  readonly #begun = new Map<string, Begun>();

  constructor(apiId: string, gateway: TestGateway, backends: ReadonlyMap<string, CaseBackend>, clock: { now: number }) {
    this.#apiId = apiId;
    this.#gateway = gateway;
    this.#backends = backends;
    this.#clock = clock;
  }

  async begins(given: Given): Promise<void> {
    for (const backend of this.#backends.values()) {
      backend.bodies = [];
      backend.isWell = true;
      await backend.behave("answers");
    }
    await this.reload(given);
  }

  pass(ms: number): void {
    this.#clock.now += ms;
  }

  async reload(given: Given): Promise<void> {
    await this.#gateway.serve(givenApi(this.#apiId, given, (id) => this.#backend(id).url + (given.endpointPath ?? "")));
  }

  async setBehaviour(endpointId: string, behaviour: Behaviour): Promise<void> {
    await this.#backend(endpointId).behave(behaviour);
  }

  async check(endpointId: string, finding: CheckFinding): Promise<void> {
    if (typeof finding !== "string") throw new Error("single checks have no time that a case could wait for");
    this.#backend(endpointId).isWell = finding === "up";
    const isFound = () => this.view(endpointId).isFoundDown === (finding === "down") || undefined;
    await eventually(`${endpointId} is found ${finding}`, isFound);
  }

  async send(request: ClientRequest): Promise<Fared> {
    for (const backend of this.#backends.values()) backend.bodies = [];
    if (request.raw !== undefined) return this.#sendRaw(request.raw);
    return this.#complete(this.#start(request, []));
  }

  async begin(name: string, request: ClientRequest): Promise<string> {
    const begun = this.#start(request, [holdHeader, `${this.#apiId}-${name}`]);
    this.#begun.set(name, begun);
    const holder = await eventually(`somebody holds ${name}`, () => this.#holderOf(name)?.id);
    return holder;
  }

  async finish(name: string, as: Behaviour | "client-leaves"): Promise<Fared> {
    const begun = this.#begun.get(name);
    if (!begun) throw new Error(`no request ${name} has begun`);
    if (as === "client-leaves") begun.client.leave();
    else this.#holderOf(name)?.release(`${this.#apiId}-${name}`, as);
    return this.#complete(begun);
  }

  now(): number {
    return this.#clock.now;
  }

  view(endpointId: string) {
    const endpoint = this.#endpoint(endpointId);
    const view = endpoint.view(this.#clock.now);
    return { ...view, id: endpointId, retriesLeft: retriesOf(view.state, endpoint.policy) };
  }

  /** Whatever a case has done to the gateway, no attempt stays open. */
  async close(): Promise<void> {
    for (const { client } of this.#begun.values()) client.leave();
    const endpoints = this.#gateway.gateway.configuration.groupsOf(this.#apiId)?.production?.endpoints ?? [];
    const haveEnded = () => endpoints.every(({ inFlight }) => inFlight === 0) || undefined;
    await eventually("every attempt has ended", haveEnded);
  }

  /** Bytes that may be no request have no decision to look up: the answer tells. */
  async #sendRaw(bytes: string): Promise<Fared> {
    const { text, closed } = await sendRaw(this.#gateway.port, bytes.replaceAll("{api}", `/${this.#apiId}/1.0.0`));
    const [head = "", body = ""] = text.split("\r\n\r\n", 2);
    const code = codeOf({ text: body });
    return {
      way: code === undefined ? body : `!${code}`,
      status: Number(head.split(" ", 2)[1]),
      retryAfter: undefined,
      description: undefined,
      setsCookie: false,
      bodyAt: "",
      cookieAt: "",
      targetAt: "",
      client: { text: body, isWhole: closed },
    };
  }

  #start(request: ClientRequest, more: readonly string[]): Begun {
    const requestId = randomUUID();
    const { path = "/1.0.0/x", headers: given = {} } = request;
    const { Cookie: ownCookie, ...own } = given;
    const cookie = this.#cookies.fieldOf(request.client, ownCookie);
    const headers = ["Host", "gateway.example", "X-Request-Id", requestId, ...Object.entries(own).flat(), ...more];
    if (cookie !== undefined) headers.push("Cookie", cookie);
    if (request.xml !== undefined) headers.push("Content-Type", "application/soap+xml");
    const length = request.bodyBytes ?? (request.xml === undefined ? undefined : Buffer.from(request.xml).length);
    if (length !== undefined) headers.push("Content-Length", String(length));
    const client = new CaseClient(this.#gateway.port, `/${this.#apiId}${path}`, request, headers);
    return { client, request, requestId };
  }

  async #complete({ client, request, requestId }: Begun): Promise<Fared> {
    const { response, view, text } = await client.answer;
    const setCookies = response?.headers["set-cookie"] ?? [];
    this.#cookies.keep(request.client, setCookies);
    const find = () => this.#gateway.gateway.workers.findDecision(requestId);
    const decision = await eventually("the request is noted", find);
    const last = this.#backends.get(decision.rounds.at(-1)?.chosen?.id ?? "");
    const retryAfter = response?.headers["retry-after"];
    const { bytes, sha256 } = client.digest;
    const hasBody = (backend: CaseBackend) =>
      backend.bodies.some((body) => body.bytes === bytes && body.sha256 === sha256);
    return {
      way: wayOf(decision),
      status: response?.statusCode ?? decision.answer.status,
      retryAfter: retryAfter === undefined ? undefined : Number(retryAfter),
      description: decision.answer.code === null ? undefined : descriptionIn(text),
      setsCookie: setsSessionCookie(setCookies),
      bodyAt: [...this.#backends.values()]
        .filter(hasBody)
        .map(({ id }) => id)
        .join(" "),
      cookieAt: last?.cookie ?? "",
      targetAt: last?.target ?? "",
      client: view,
    };
  }

  #holderOf(name: string): CaseBackend | undefined {
    return [...this.#backends.values()].find((backend) => backend.isHolding(`${this.#apiId}-${name}`));
  }

  #backend(id: string): CaseBackend {
    const backend = this.#backends.get(id);
    if (!backend) throw new Error(`there is no backend ${id}`);
    return backend;
  }

  #endpoint(id: string) {
    const endpoint = this.#gateway.gateway.configuration.groupsOf(this.#apiId)?.production?.findEndpoint(id);
    if (!endpoint) throw new Error(`the group has no endpoint ${id}`);
    return endpoint;
  }
}

/** The way of a request as cases write it, from what the gateway itself tells of it. */
function wayOf({ rounds, answer }: DecisionRecord): string {
  const tried = rounds.flatMap(({ chosen }) => (chosen ? [chosen.id] : [])).join(">");
  if (answer.code !== null) return `${tried}!${answer.code}`;
  return answer.status === 499 ? `${tried}~` : tried;
}

function descriptionIn(text: string): string | undefined {
  const body: unknown = JSON.parse(text);
  if (typeof body !== "object" || body === null || !("description" in body)) return undefined;
  return String(body.description);
}

async function eventually<Value>(
  what: string,
  look: () => Value | undefined | Promise<Value | undefined>,
): Promise<Value> {
  for (let waited = 0; waited < settleMs; waited += 2) {
    const value = await look();
    if (value !== undefined) return value;
    await sleep(2);
  }
  throw new Error(`not within ${settleMs} ms: ${what}`);
}
