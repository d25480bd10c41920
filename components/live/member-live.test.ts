import { describe, expect, it } from "vitest";
import type { ApiLive, EndpointAtGateway } from "@/lib/model/api-live.ts";
import { memberKey, memberStateOf, membersOf } from "./member-live.ts";

const at = (inMs: number) => ({ at: "2030-01-01T00:00:00.000Z", inMs });

function endpoint(change: Partial<EndpointAtGateway> = {}): EndpointAtGateway {
  return {
    ...{ id: "a", url: "http://a.example", keyType: "production", gatewayId: "g1", state: "ACTIVE" },
    ...{ draining: false, healthDown: false, warmingUntil: null, nextRetryAt: null, suspendDurationMs: null },
    ...{ remainingRetries: 0, lastError: null, requests: 0, failures: 0, minutes: [] },
    ...change,
  };
}

function live(...endpoints: EndpointAtGateway[]): ApiLive {
  const gateways = ["g1", "g2"].map((id) => ({ id, host: `host ${id}`, says: "answers" as const }));
  return { lifecycleState: "PUBLISHED", gateways, switches: [], endpoints };
}

function member(document: ApiLive, id = "a") {
  const found = membersOf(document, 1_000).get(memberKey("production", id));
  if (!found) throw new Error("no such member");
  return found;
}

describe("the state that a person is told of", () => {
  it.each([
    ["ready", {}],
    ["warming", { warmingUntil: at(5) }],
    ["draining", { draining: true }],
    ["timeout", { state: "TIMEOUT" }],
    ["suspended", { state: "SUSPENDED", draining: true }],
    ["down", { state: "SUSPENDED", healthDown: true }],
    ["off", { state: "OFF", healthDown: true }],
  ] as const)("is %s of %o", (expected, change) => {
    expect(memberStateOf(endpoint(change))).toBe(expected);
  });
});

describe("what several gateways say of one endpoint", () => {
  it("is the worst of it, with the earliest end and the newest error", () => {
    const error = (time: string) => ({ code: "101503", at: time, message: "Connection failed" });
    const together = member(
      live(
        endpoint({ lastError: error("2030-01-01T00:00:02.000Z") }),
        endpoint({ gatewayId: "g2", state: "SUSPENDED", nextRetryAt: at(9_000) }),
        endpoint({
          gatewayId: "g3",
          state: "SUSPENDED",
          nextRetryAt: at(4_000),
          lastError: error("2030-01-01T00:00:01.000Z"),
        }),
      ),
    );
    expect(together).toMatchObject({ state: "suspended", until: 5_000, lastError: { at: "2030-01-01T00:00:02.000Z" } });
    expect(together.gateways.map(({ host, state }) => `${host} ${state}`)).toEqual([
      "host g1 ready",
      "host g2 suspended",
      "g3 suspended",
    ]);
  });

  it("adds up minute by minute, with the share of its group", () => {
    const minutes = (...requests: number[]) => requests.map((count, ago) => ({ ago, requests: count, failures: ago }));
    const document = live(
      endpoint({ minutes: minutes(10, 5) }),
      endpoint({ gatewayId: "g2", minutes: minutes(20, 0, 0, 0, 0, 1_000) }),
      endpoint({ id: "b", minutes: minutes(65) }),
      endpoint({ id: "b", keyType: "sandbox", minutes: minutes(7) }),
    );
    const together = member(document);
    expect(together.minutes.map(({ ago, requests }) => [ago, requests])).toEqual([
      [4, 0],
      [3, 0],
      [2, 0],
      [1, 5],
      [0, 30],
    ]);
    expect(together).toMatchObject({ requests: 35, failures: 11, share: 0.35, most: 65 });
    expect(membersOf(document, 0).get(memberKey("sandbox", "b"))?.share).toBe(1);
  });

  it("has no share while there are no calls", () => {
    expect(member(live(endpoint())).share).toBeUndefined();
  });
});

describe("whether another member takes calls", () => {
  it.each([
    ["no other", [], false],
    ["one that is ready", [endpoint({ id: "b" })], true],
    ["one that drains", [endpoint({ id: "b", draining: true })], false],
    ["one of the other key type", [endpoint({ id: "b", keyType: "sandbox" })], false],
    [
      "one at each gateway",
      [endpoint({ id: "b" }), endpoint({ gatewayId: "g2" }), endpoint({ id: "c", gatewayId: "g2" })],
      true,
    ],
    ["one at one gateway of two", [endpoint({ id: "b" }), endpoint({ gatewayId: "g2" })], false],
  ])("%s", (_case, others, expected) => {
    expect(member(live(endpoint(), ...others)).hasReadyPeer).toBe(expected);
  });
});
