import { once } from "node:events";
import type { RequestListener } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { pino } from "pino";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { endpointTarget } from "../../lib/model/endpoint-target.ts";
import { type HealthCheck, healthCheckSchema } from "../../lib/model/group-settings.ts";
import { refusingUrl, type StubBackend, startBackend, startRawBackend } from "../testing/stub-backend.ts";
import { HealthChecker } from "./health-checker.ts";
import type { CheckedGroup, HealthTarget } from "./health-target.ts";

/** An endpoint that notes what is found of it. */
class Found implements HealthTarget {
  readonly id: string;
  readonly target: HealthTarget["target"];
  marks = "";
  constructor(url: string, id = "a") {
    this.id = id;
    this.target = endpointTarget(url);
  }
  markDown() {
    this.marks += "D";
  }
  markUp() {
    this.marks += "u";
  }
}

let backend: StubBackend;
let checker: HealthChecker;
let logged: Record<string, unknown>[];
let results: string[];

const makeChecker = (maxInFlight?: number) =>
  new HealthChecker({
    now: () => performance.now(),
    random: () => 0.5,
    onChecked: (result) => results.push(result),
    log: pino({}, { write: (line: string) => logged.push(JSON.parse(line)) }),
    ...(maxInFlight === undefined ? {} : { maxInFlight }),
  });

/** Faster than the model lets publishers check. */
const settings = (changes: Partial<HealthCheck> = {}): HealthCheck => ({
  ...healthCheckSchema.parse({ path: "/health" }),
  intervalMs: 10,
  timeoutMs: 200,
  rise: 1,
  fall: 1,
  ...changes,
});

const groupOf = (healthCheck: HealthCheck | undefined, ...endpoints: HealthTarget[]): CheckedGroup => ({
  apiId: "api-1",
  keyType: "production",
  settings: { healthCheck },
  endpoints,
});

beforeEach(async () => {
  logged = [];
  results = [];
  backend = await startBackend();
  checker = makeChecker();
});
afterEach(async () => {
  checker.close();
  await backend.stop();
});

describe("a check", () => {
  it("asks as the settings say, at the endpoint's host and not under its path", async () => {
    const endpoint = new Found(`${backend.url}/base/path?own=1`);
    checker.update([groupOf(settings({ method: "HEAD", path: "/health?deep=1" }), endpoint)]);
    await expect.poll(() => backend.requests.length).toBeGreaterThan(0);
    const [first] = backend.requests;
    expect([first?.method, first?.url, first?.headers.host]).toEqual([
      "HEAD",
      "/health?deep=1",
      `127.0.0.1:${backend.port}`,
    ]);
  });

  it.each<[number, Partial<HealthCheck>, string]>([
    [200, {}, "success"],
    [204, {}, "success"],
    [302, {}, "success"],
    [400, {}, "wrong-status"],
    [503, {}, "wrong-status"],
    [302, { statusTo: 299 }, "wrong-status"],
    [401, { statusFrom: 401, statusTo: 401 }, "success"],
    [200, { statusFrom: 204, statusTo: 204 }, "wrong-status"],
  ])("takes %i with %j for: %s", async (status, changes, expected) => {
    backend.behave(backend.answering(status, { Location: "http://127.0.0.1:1/elsewhere" }));
    checker.update([groupOf(settings(changes), new Found(backend.url))]);
    await expect.poll(() => results[0]).toBe(expected);
  });

  const raw = async (bytes: string) => {
    const server = await startRawBackend((socket) => socket.once("data", () => socket.write(bytes)));
    return { url: server.url, stop: server.stop };
  };
  const closing = async (bytes: string) => {
    const server = await startRawBackend((socket) => socket.once("data", () => socket.end(bytes)));
    return { url: server.url, stop: server.stop };
  };
  it.each<[string, () => Promise<{ url: string; stop: () => Promise<void> }>, string]>([
    ["refuses", async () => ({ url: await refusingUrl(), stop: async () => undefined }), "error"],
    ["accepts and says nothing", () => raw(""), "timeout"],
    ["answers half a head", () => raw("HTTP/1.1 200 OK\r\nX-Half: "), "timeout"],
    ["says 100 for ever", () => raw("HTTP/1.1 100 Continue\r\n\r\n".repeat(100)), "timeout"],
    ["closes without an answer", () => closing(""), "error"],
    ["answers nonsense", () => closing("nonsense\r\n\r\n"), "error"],
    ["has an endless head", () => closing(`HTTP/1.1 200 OK\r\nX-Long: ${"x".repeat(100_000)}\r\n\r\n`), "error"],
    [
      "switches protocols unasked",
      () => raw("HTTP/1.1 101 Go\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n"),
      "wrong-status",
    ],
    ["announces a body and keeps it back", () => raw("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n"), "success"],
  ])("of an endpoint that %s is over in time", async (_title, start, expected) => {
    const server = await start();
    const endpoint = new Found(server.url);
    checker.update([groupOf(settings(), endpoint)]);
    await expect.poll(() => results.slice(0, 2)).toEqual([expected, expected]);
    expect(endpoint.marks).toBe(expected === "success" ? "" : "D");
    await server.stop();
  });

  it("fails where TLS is spoken to a server that speaks none", async () => {
    const endpoint = new Found(backend.url.replace("http:", "https:"));
    checker.update([groupOf(settings(), endpoint)]);
    await expect.poll(() => endpoint.marks).toBe("D");
  });

  it("reads nothing of the body", async () => {
    let written = 0;
    let isClosed = false;
    backend.behave((_request, response) => {
      response.writeHead(200);
      const timer = setInterval(() => {
        written += 16_384;
        response.write(Buffer.alloc(16_384));
      }, 1);
      response.once("close", () => {
        clearInterval(timer);
        isClosed = true;
      });
    });
    checker.update([groupOf(settings({ intervalMs: 1_000 }), new Found(backend.url))]);
    await expect.poll(() => isClosed, { timeout: 2_000 }).toBe(true);
    expect(written).toBeLessThan(1_000_000);
  });
});

describe("an endpoint", () => {
  it("is marked down and up as its checks find it, and both are logged", async () => {
    const endpoint = new Found(backend.url);
    checker.update([groupOf(settings({ fall: 2, rise: 2 }), endpoint)]);
    await expect.poll(() => results.length).toBeGreaterThan(3);
    expect(endpoint.marks).toBe("");
    backend.behave(backend.answering(500));
    await expect.poll(() => endpoint.marks).toBe("D");
    backend.behave(backend.answering());
    await expect.poll(() => endpoint.marks).toBe("Du");
    const facts = { api: "api-1", keyType: "production", endpoint: "a" };
    expect(logged).toMatchObject([
      { ...facts, msg: "endpoint found down", result: { kind: "wrong-status", status: 500 } },
      { ...facts, msg: "endpoint found up" },
    ]);
  });

  it("that was only doubted is marked up too: traffic may have met the same outage", async () => {
    const endpoint = new Found(backend.url);
    backend.behave(backend.answering(500));
    checker.update([groupOf(settings({ fall: 3, intervalMs: 50 }), endpoint)]);
    await expect.poll(() => results.length).toBe(1);
    backend.behave(backend.answering());
    await expect.poll(() => endpoint.marks).toBe("u");
    expect(logged).toEqual([]);
  });

  it("has one check at a time, however long that takes", async () => {
    let open = 0;
    let most = 0;
    const slow: RequestListener = (request, response) => {
      open += 1;
      most = Math.max(most, open);
      request.resume();
      setTimeout(() => response.end(), 60);
      response.once("close", () => {
        open -= 1;
      });
    };
    backend.behave(slow);
    checker.update([groupOf(settings(), new Found(backend.url))]);
    await expect.poll(() => results.length, { timeout: 3_000 }).toBeGreaterThan(5);
    expect(most).toBe(1);
  });
});

describe("a new configuration", () => {
  it("lets checks go on whose endpoint and settings stayed", async () => {
    const endpoint = new Found(backend.url);
    backend.behave(backend.answering(500));
    for (let turn = 0; turn < 200 && endpoint.marks === ""; turn += 1) {
      checker.update([groupOf(settings({ fall: 3 }), endpoint)]);
      await sleep(5);
    }
    expect(endpoint.marks).toBe("D");
  });

  it("ends the checks of endpoints that are gone, also those under way", async () => {
    backend.behave(backend.stalling());
    const endpoint = new Found(backend.url);
    checker.update([groupOf(settings({ timeoutMs: 100 }), endpoint)]);
    await expect.poll(() => backend.requests.length).toBe(1);
    checker.update([]);
    await sleep(200);
    expect([checker.size, endpoint.marks, results, backend.requests.length]).toEqual([0, "", [], 1]);
  });

  it("without checks puts an endpoint that was found down back", async () => {
    backend.behave(backend.answering(500));
    const endpoint = new Found(backend.url);
    checker.update([groupOf(settings(), endpoint)]);
    await expect.poll(() => endpoint.marks).toBe("D");
    checker.update([groupOf(undefined, endpoint)]);
    expect(endpoint.marks).toBe("Du");
    await sleep(50);
    expect([checker.size, endpoint.marks]).toEqual([0, "Du"]);
  });

  it("asks by its settings from now on", async () => {
    const endpoint = new Found(backend.url);
    checker.update([groupOf(settings(), endpoint)]);
    await expect.poll(() => backend.requests.length).toBeGreaterThan(0);
    checker.update([groupOf(settings({ path: "/other" }), endpoint)]);
    await expect.poll(() => backend.requests.at(-1)?.url).toBe("/other");
  });
});

describe("many endpoints", () => {
  it("are checked with a bound on checks under way, and each has its turn", async () => {
    let open = 0;
    let most = 0;
    checker = makeChecker(5);
    backend.behave((request, response) => {
      open += 1;
      most = Math.max(most, open);
      request.resume();
      setTimeout(() => response.end(), 5);
      response.once("close", () => {
        open -= 1;
      });
    });
    const endpoints = Array.from({ length: 60 }, (_, index) => new Found(`${backend.url}/?${index}`, `e${index}`));
    const groups = endpoints.map((endpoint, index) => groupOf(settings({ path: `/${index}` }), endpoint));
    checker.update(groups);
    await expect.poll(() => results.length, { timeout: 5_000 }).toBeGreaterThanOrEqual(120);
    expect(most).toBeLessThanOrEqual(5);
    expect(results).not.toContain("timeout");
  });

  it("cost little to go through when nothing changed", () => {
    const healthCheck = settings({ intervalMs: 3_600_000 });
    const groups = Array.from({ length: 10_000 }, (_, index) =>
      groupOf(
        healthCheck,
        new Found("http://127.0.0.1:9/", `a${index}`),
        new Found("http://127.0.0.1:9/", `b${index}`),
      ),
    );
    checker.update(groups);
    expect(checker.size).toBe(20_000);
    const before = performance.now();
    checker.update(groups);
    expect(performance.now() - before).toBeLessThan(250);
  });
});

it("closes what it has open", async () => {
  let isClosed = false;
  backend.behave((request) => {
    void once(request.socket, "close").then(() => {
      isClosed = true;
    });
  });
  const endpoint = new Found(backend.url);
  checker.update([groupOf(settings({ timeoutMs: 60_000 }), endpoint)]);
  await expect.poll(() => backend.connections).toBe(1);
  checker.close();
  await expect.poll(() => isClosed).toBe(true);
  expect(endpoint.marks).toBe("");
});
