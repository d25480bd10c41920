import { deepStrictEqual } from "node:assert";
import type { ConformanceCase, DriverName, EndpointState, Expectation, Step } from "./case.ts";
import type { CaseWorld, Driver, Fared } from "./driver.ts";

/** Drivers that a case runs on. */
export function driversOf({ only }: ConformanceCase): readonly DriverName[] {
  return only === undefined ? ["machine", "sockets"] : [only];
}

/** Runs one case; throws an error that says at which step what was expected and what came. */
export async function runCase(driver: Driver, { given, when }: ConformanceCase): Promise<void> {
  const world = await driver.open(given);
  try {
    for (const [index, step] of when.entries()) {
      const seen = await perform(world, step);
      if (step.expect) verify(`step ${index + 1} of ${when.length}`, step.expect, world, seen);
    }
  } finally {
    await world.close();
  }
}

type Seen = { ways: string[]; last: Fared | undefined };

async function perform(world: CaseWorld, step: Step): Promise<Seen> {
  if (step.after !== undefined) world.pass(step.after);
  if (step.reload) await world.reload(step.reload);
  for (const [id, behaviour] of Object.entries(step.endpoints ?? {})) await world.setBehaviour(id, behaviour);
  for (const [id, finding] of Object.entries(step.checks ?? {})) await world.check(id, finding);
  if (step.send) return sendAll(world, step.send);
  if (step.begin) return { ways: [await world.begin(step.begin.name, step.begin)], last: undefined };
  if (!step.finish) return { ways: [], last: undefined };
  const last = await world.finish(step.finish.name, step.finish.as);
  return { ways: [last.way], last };
}

async function sendAll(world: CaseWorld, { times = 1, ...request }: NonNullable<Step["send"]>): Promise<Seen> {
  const ways: string[] = [];
  let last: Fared | undefined;
  for (let sent = 0; sent < times; sent += 1) {
    last = await world.send(request);
    ways.push(last.way);
  }
  return { ways, last };
}

function verify(where: string, expected: Expectation, world: CaseWorld, { ways, last }: Seen): void {
  const { ways: expectedWays, shares, states = {}, failures = {}, client, ...answer } = expected;
  if (expectedWays !== undefined) same(`${where}: ways`, ways.join(" "), expectedWays);
  if (shares) same(`${where}: shares`, sharesOf(ways), shares);
  for (const key of ["status", "retryAfter", "description", "setsCookie", "bodyAt", "cookieAt", "targetAt"] as const) {
    if (answer[key] !== undefined) same(`${where}: ${key}`, last?.[key], answer[key]);
  }
  if (client) verifyClient(where, client, last);
  for (const [id, state] of Object.entries(states)) verifyState(`${where}: state of ${id}`, state, world, id);
  for (const [id, count] of Object.entries(failures)) {
    same(`${where}: failures of ${id}`, world.view(id).failures, count);
  }
}

function verifyClient(where: string, expected: NonNullable<Expectation["client"]>, last: Fared | undefined): void {
  const { memoryBelow, ...view } = expected;
  const seen = last?.client ?? {};
  const picked = Object.fromEntries(Object.keys(view).map((key) => [key, Reflect.get(seen, key)]));
  same(`${where}: what the client sees`, picked, view);
  if (memoryBelow === undefined) return;
  const grown = seen.memoryBelow ?? 0;
  if (grown >= memoryBelow) throw new Error(`${where}: memory grew by ${grown} MiB, ${memoryBelow} are allowed`);
}

function verifyState(what: string, expected: EndpointState, world: CaseWorld, id: string): void {
  const { state, retriesLeft } = world.view(id);
  const wanted = typeof expected === "string" ? { kind: expected } : expected;
  const retryIn = "nextRetry" in state ? state.nextRetry - world.now() : undefined;
  const seen = { kind: state.kind.toUpperCase(), retryIn, retriesLeft };
  const picked = Object.fromEntries(Object.keys(wanted).map((key) => [key, Reflect.get(seen, key)]));
  same(what, picked, wanted);
}

function sharesOf(ways: readonly string[]): Record<string, number> {
  const shares: Record<string, number> = {};
  for (const way of ways) {
    const by = way.split(">").at(-1) ?? "";
    shares[by] = (shares[by] ?? 0) + 1;
  }
  return shares;
}

function same(what: string, seen: unknown, expected: unknown): void {
  try {
    deepStrictEqual(seen, expected);
  } catch {
    throw new Error(`${what}: ${JSON.stringify(seen)} came, ${JSON.stringify(expected)} was expected`);
  }
}
