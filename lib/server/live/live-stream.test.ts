import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { GatewayAsker } from "../../db/ask-gateways.ts";
import { listen } from "../../db/listen.ts";
import { gatewayAskChannel } from "../../db/notify.ts";
import { recordGateway } from "../../db/record-gateway.ts";
import { writeGatewayAnswer } from "../../db/write-gateway-answer.ts";
import type { Api } from "../../model/api.ts";
import { type EndpointsAnswer, gatewayAskSchema } from "../../model/gateway-ask.ts";
import { createApi } from "../apis/create-api.ts";
import { deleteApi } from "../apis/delete-api.ts";
import { switchEndpoint } from "../apis/switch-endpoint.ts";
import type { Actor, ServerContext } from "../context.ts";
import { log } from "../log.ts";
import { openTestPublisher, type TestPublisher } from "../testing/publisher.ts";
import { LiveHub, maxStreamsPerUser } from "./live-hub.ts";
import { type LiveStreamOptions, openLiveStream } from "./live-stream.ts";

let publisher: TestPublisher;
let ann: ServerContext;
let asker: GatewayAsker;
let hub: LiveHub;
let api: Api;
let asked: number;
let answer: EndpointsAnswer;
const stopping = new AbortController();
let listening: Promise<void>;

const endpoint = (state: "ACTIVE" | "SUSPENDED") => ({
  ...{ id: "a", url: "http://a.example", state, draining: false, healthDown: false, warmingUntil: null },
  nextRetryAt: state === "SUSPENDED" ? { at: new Date().toISOString(), inMs: 30_000 } : null,
  ...{ suspendDurationMs: null, remainingRetries: 0, lastError: null, requests: 1, failures: 0, minutes: [] },
});
const answerWith = (state: "ACTIVE" | "SUSPENDED") => ({
  revision: 1,
  groups: { production: { kind: "single", endpoints: [endpoint(state)] } },
});

async function connectGateway(id: string): Promise<void> {
  const now = new Date();
  const times = { startedAt: now, appliedAt: now };
  await recordGateway(publisher.db, { id, host: id, version: "0", appliedRevision: 1, refusedApis: [], ...times });
}

beforeAll(async () => {
  publisher = await openTestPublisher();
  ann = await publisher.person("Ann");
  asker = new GatewayAsker(publisher.db, publisher.url, () => new Date());
  const { promise: connected, resolve } = Promise.withResolvers<void>();
  listening = listen({
    ...{ databaseUrl: publisher.url, applicationName: "a gateway", channels: [gatewayAskChannel] },
    onNotification: (_channel, payload) => {
      asked += 1;
      const { id } = gatewayAskSchema.parse(JSON.parse(payload));
      void writeGatewayAnswer(publisher.db, id, "gateway a", answer);
    },
    ...{ onConnected: resolve, onLost: () => undefined, random: () => 0.5, signal: stopping.signal },
  });
  await connected;
});
afterAll(async () => {
  stopping.abort();
  await listening;
  await asker.close();
  await publisher.close();
});

let counter = 0;
beforeEach(async () => {
  asked = 0;
  answer = answerWith("ACTIVE");
  counter += 1;
  const input = { name: `Live ${counter}`, context: `/live-${counter}`, version: "1", endpointUrl: "http://a.example" };
  api = await createApi(ann, { ...input, publish: true });
  await connectGateway("gateway a");
  hub = new LiveHub({ db: publisher.db, asker });
});
afterEach(async () => {
  hub.stop();
  await publisher.db.gateway.deleteMany();
});

type Opened = { text: () => string; ended: () => boolean; leave: () => void };

/** Opens a stream and reads it to its end. */
function open(options: Partial<LiveStreamOptions> = {}): Opened | undefined {
  const leaving = new AbortController();
  const stream = openLiveStream({
    ...{ hub, apiId: api.id, actor: ann.actor, findActor: async () => ann.actor, signal: leaving.signal },
    ...options,
  });
  if (!stream) return undefined;
  let text = "";
  let isEnded = false;
  const read = async () => {
    for await (const chunk of stream) text += new TextDecoder().decode(chunk);
    isEnded = true;
  };
  void read();
  return { text: () => text, ended: () => isEnded, leave: () => leaving.abort() };
}

function opened(options: Partial<LiveStreamOptions> = {}): Opened {
  const stream = open(options);
  if (!stream) throw new Error("the stream was refused");
  return stream;
}

const eventsOf = (text: string) => [...text.matchAll(/^event: (\w+)\ndata: (.*)$/gm)].map(([, name]) => name);

describe("the stream of how endpoints are", () => {
  it("tells the present at once, what changes, and nothing twice", async () => {
    const stream = opened();
    await expect.poll(stream.text).toContain('"state":"ACTIVE"');
    expect(stream.text()).toMatch(/^retry: \d+\n\n/);
    expect(stream.text()).toContain('"gateways":[{"id":"gateway a","host":"gateway a","says":"answers"}]');
    await expect.poll(() => asked, { timeout: 5_000 }).toBeGreaterThan(2);
    expect(eventsOf(stream.text())).toEqual(["live"]);
    answer = answerWith("SUSPENDED");
    await expect.poll(stream.text, { timeout: 5_000 }).toContain('"inMs":30000');
    await switchEndpoint(ann, api.id, {
      keyType: "production",
      endpointId: firstEndpointId(api),
      position: "off",
    });
    await expect.poll(stream.text, { timeout: 5_000 }).toContain('"position":"off","actorName":"Ann"');
    expect(eventsOf(stream.text())).toEqual(["live", "live", "live"]);
  });

  it("asks once a second however many watch, and no longer than somebody does", async () => {
    const streams = Array.from({ length: 10 }, () => opened());
    for (const stream of streams) await expect.poll(stream.text).toContain("event: live");
    expect([hub.pollers, hub.streams]).toEqual([1, 10]);
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    expect(asked).toBeLessThanOrEqual(4);
    for (const stream of streams) stream.leave();
    expect([hub.pollers, hub.streams]).toEqual([0, 0]);
    const before = asked;
    await new Promise((resolve) => setTimeout(resolve, 1_300));
    expect(asked).toBeLessThanOrEqual(before + 1);
  });

  it("names a gateway that says nothing, and still tells of the others", async () => {
    await connectGateway("silent");
    const stream = opened();
    await expect.poll(stream.text, { timeout: 5_000 }).toContain('{"id":"silent","host":"silent","says":"silent"}');
    expect(stream.text()).toContain('"state":"ACTIVE"');
  });

  it("says when nothing can be told, once, and goes on when it can", async () => {
    let isAway = true;
    const ask: GatewayAsker["ask"] = (...question) =>
      isAway ? Promise.reject(new Error("the database is away")) : asker.ask(...question);
    hub = new LiveHub({ db: publisher.db, asker: { ask } });
    log.level = "silent";
    const stream = opened();
    await expect.poll(stream.text, { timeout: 5_000 }).toContain("event: unavailable");
    await new Promise((resolve) => setTimeout(resolve, 1_300));
    isAway = false;
    await expect.poll(stream.text, { timeout: 5_000 }).toContain('"state":"ACTIVE"');
    expect(eventsOf(stream.text())).toEqual(["unavailable", "live"]);
  });

  it("ends when the session has ended", async () => {
    let actor: Actor | undefined = ann.actor;
    const stream = opened({ findActor: async () => actor, sessionCheckMs: 50 });
    await expect.poll(stream.text).toContain("event: live");
    actor = undefined;
    await expect.poll(stream.ended).toBe(true);
    expect(stream.text()).toContain('event: end\ndata: "session"');
    expect([hub.pollers, hub.streams]).toEqual([0, 0]);
  });

  it("ends when the API belongs to somebody else, and when it is deleted", async () => {
    const bob = await publisher.person("Bob");
    const stream = opened();
    const other = opened({ actor: bob.actor, findActor: async () => bob.actor });
    await expect.poll(other.ended, { timeout: 5_000 }).toBe(true);
    expect(other.text()).toContain('event: end\ndata: "access"');
    expect(other.text()).not.toContain("event: live");
    await deleteApi(ann, api.id);
    await expect.poll(stream.ended, { timeout: 5_000 }).toBe(true);
    expect(stream.text()).toContain('event: end\ndata: "deleted"');
  });

  it("is refused to a person who has too many", () => {
    for (let count = 0; count < maxStreamsPerUser; count += 1) opened();
    expect(open()).toBeUndefined();
    expect(open({ actor: { ...ann.actor, id: "somebody else" } })).toBeDefined();
  });

  it("keeps itself alive, and ends with the publisher, for good", async () => {
    const stream = opened({ heartbeatMs: 30 });
    await expect.poll(stream.text).toContain(": still here");
    hub.stop();
    await expect.poll(stream.ended).toBe(true);
    expect(stream.text()).toContain('event: end\ndata: "stopping"');
    expect(open()).toBeUndefined();
  });

  it("lets a client go that does not read", async () => {
    const signal = new AbortController().signal;
    openLiveStream({ hub, apiId: api.id, actor: ann.actor, findActor: async () => ann.actor, signal, heartbeatMs: 5 });
    await expect.poll(() => hub.streams, { timeout: 5_000 }).toBe(1);
    await new Promise((resolve) => setTimeout(resolve, 200));
    answer = answerWith("SUSPENDED");
    await expect.poll(() => hub.streams, { timeout: 5_000 }).toBe(0);
  });
});

function firstEndpointId({ endpointConfig }: Api): string {
  return endpointConfig?.kind === "single" ? (endpointConfig.production?.id ?? "") : "";
}
