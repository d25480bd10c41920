/**
 * What noting decisions costs, run by hand: `node gateway/decisions/measure-cost.ts`. Measured are the processor time of
 * a gateway for one request, and that of everything that is noted of it, beside as much garbage as a request leaves, so
 * that what the log keeps is carried through as many collections. Their ratio is the cost. Comparing two gateways, one
 * without the log, shows nothing: two that are alike differ by several hundredths.
 */
import { fork } from "node:child_process";
import { once } from "node:events";
import { Agent } from "node:http";
import { endpointTarget } from "../../lib/model/endpoint-target.ts";
import { apiWith } from "../testing/api-with.ts";
import { call } from "../testing/call.ts";
import { startGateway } from "../testing/start-gateway.ts";
import { startBackend } from "../testing/stub-backend.ts";
import { DecisionLog } from "./decision-log.ts";

const warmUpRequests = 5_000;
const requests = 20_000;
const concurrency = 20;
const loops = 9;
const notedPerLoop = 100_000;

/** A gateway's process: serves one API, and answers every message with the µs of processor time it has used. */
async function runGateway(backendUrl: string): Promise<void> {
  const gateway = await startGateway({ logLevel: "silent" });
  await gateway.serve(apiWith({ production: [backendUrl, backendUrl, backendUrl] }));
  process.on("message", () => process.send?.({ port: gateway.port, cpuMicros: cpuMicros() }));
  process.send?.("ready");
}

async function microsOfRequest(): Promise<number> {
  const backend = await startBackend();
  backend.behave((_request, response) => response.end("ok"));
  const child = fork(import.meta.filename, [backend.url]);
  await once(child, "message");
  const usage = async (): Promise<{ port: number; cpuMicros: number }> => {
    const answered = once(child, "message");
    child.send("usage");
    const [answer] = await answered;
    return answer;
  };
  const agent = new Agent({ keepAlive: true, maxSockets: concurrency });
  const { port } = await usage();
  const callTimes = async (count: number) => {
    let left = count;
    const callers = Array.from({ length: concurrency }, async () => {
      for (; left > 0; left -= 1) await call(port, { agent });
    });
    await Promise.all(callers);
  };
  await callTimes(warmUpRequests);
  const before = await usage();
  await callTimes(requests);
  const after = await usage();
  agent.destroy();
  child.kill();
  await backend.stop();
  return (after.cpuMicros - before.cpuMicros) / requests;
}

const api = { id: "api-1", name: "Shop", context: "/shop", version: "1.0.0", revision: 7 };
const endpoint = { id: "a", target: endpointTarget("http://a.test:8080/base") };
const selection = { kind: "selection", endpoint, viaSession: false, probing: false } as const;

/** Notes a plain request, as the proxy does. */
function note(log: DecisionLog, url: string, requestId: string): void {
  const now = performance.now();
  const trace = log.begin("GET", { requestId, path: url.slice(0, 17), search: url.slice(17) }, false, now);
  trace.routed(api);
  trace.admitted("none", "production");
  trace.servedBy("load-balance", true);
  trace.inSession("none", false, undefined);
  const attempt = trace.chose(selection, log.passedBy, performance.now());
  attempt.connected(true, 0);
  attempt.answered(200, performance.now());
  log.end(trace, 200, true, performance.now() - now);
}

/** µs for each request of a loop that leaves garbage, with or without notes. */
function microsOfLoop(log: DecisionLog | undefined): number {
  const before = cpuMicros();
  let garbage: unknown[] = [];
  for (let index = 0; index < notedPerLoop; index += 1) {
    const url = `/shop/1.0.0/items?page=${index}`;
    const requestId = `0123456789-0123456789-${index}`;
    for (let piece = 0; piece < 50; piece += 1) garbage = [url, requestId, piece, garbage.length];
    if (log) note(log, url, requestId);
  }
  return (cpuMicros() - before) / notedPerLoop;
}

function cpuMicros(): number {
  const { user, system } = process.cpuUsage();
  return user + system;
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

async function measure(): Promise<void> {
  const log = new DecisionLog({ gatewayId: "gateway", wallClock: Date.now, findOrigin: () => undefined });
  const turns = Array.from({ length: loops }, () => ({ without: microsOfLoop(undefined), with: microsOfLoop(log) }));
  const noted = median(turns.map((turn) => turn.with)) - median(turns.map((turn) => turn.without));
  const request = await microsOfRequest();
  const percent = ((noted / request) * 100).toFixed(2);
  console.log(
    `noted: ${noted.toFixed(2)} µs of ${request.toFixed(0)} µs of processor time for a request, ${percent} %`,
  );
}

const [, , backendUrl] = process.argv;
await (backendUrl === undefined ? measure() : runGateway(backendUrl));
