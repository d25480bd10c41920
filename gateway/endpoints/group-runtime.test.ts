import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  failoverGroup,
  loadBalance,
  sampleEndpoint,
  sampleGroup,
  select,
  sendRequest,
  singleEndpoint,
} from "./testing/sample-groups.ts";

const down = (...ids: string[]) => Object.fromEntries(ids.map((id) => [id, 101503] as const));
const answers = (count: number, send: (turn: number) => { answer: unknown }) =>
  Array.from({ length: count }, (_, turn) => send(turn).answer).join(" ");

describe("round robin", () => {
  it("serves three healthy endpoints in turn (example 1)", () => {
    const group = sampleGroup(loadBalance());
    expect(answers(7, () => sendRequest(group, 0))).toBe("A B C A B C A");
  });

  it("goes on behind an endpoint that stopped (example 2)", () => {
    const group = sampleGroup(loadBalance());
    for (let request = 1; request <= 63; request += 1) sendRequest(group, request);
    expect(sendRequest(group, 64, down("A"))).toEqual({ tried: ["A", "B"], answer: "B" });
    expect(answers(3, (turn) => sendRequest(group, 65 + turn, down("A")))).toBe("C B C");
  });

  it("serves A, C, A, C while B is out", () => {
    const group = sampleGroup(loadBalance());
    group.findEndpoint("B")?.switchOff();
    expect(answers(4, () => sendRequest(group, 0))).toBe("A C A C");
  });

  it("tries each endpoint once when all refuse, then none (example 3)", () => {
    const group = sampleGroup(loadBalance());
    const broken = down("A", "B", "C");
    expect(sendRequest(group, 0, broken)).toEqual({ tried: ["A", "B", "C"], answer: 101503 });
    expect(sendRequest(group, 1, broken)).toEqual({ tried: [], answer: 303000 });
  });

  it("moves its pointer on by one when nobody is ready", () => {
    const group = sampleGroup(loadBalance());
    for (const endpoint of group.endpoints) endpoint.switchOff();
    sendRequest(group, 0);
    for (const endpoint of group.endpoints) endpoint.switchOn();
    expect(sendRequest(group, 0).answer).toBe("B");
  });

  it("keeps failed requests to themselves with failover off, and passes by who is not ready (example 10)", () => {
    const group = sampleGroup(loadBalance({ failover: false }));
    expect(sendRequest(group, 0, down("A"))).toEqual({ tried: ["A"], answer: 101503 });
    expect(group.findEndpoint("A")?.state.kind).toBe("suspended");
    expect(group.findEndpoint("B")?.requests).toBe(0);
    expect(answers(4, () => sendRequest(group, 1))).toBe("B C B C");
  });

  it("gives concurrent requests different endpoints", () => {
    const group = sampleGroup(loadBalance());
    expect([select(group), select(group), select(group)].map(({ endpoint }) => endpoint.id)).toEqual(["A", "B", "C"]);
  });

  it("hits every ready endpoint once in every n requests over n ready ones, whoever is out", () => {
    const cases = fc.record({
      size: fc.integer({ min: 1, max: 12 }),
      out: fc.array(fc.nat(11)),
      before: fc.nat(30),
      rounds: fc.integer({ min: 1, max: 4 }),
    });
    fc.assert(
      fc.property(cases, ({ size, out, before, rounds }) => {
        const ids = Array.from({ length: size }, (_, index) => `E${index}`);
        const group = sampleGroup(loadBalance({ members: ids.map((id) => sampleEndpoint(id)) }));
        for (let request = 0; request < before; request += 1) sendRequest(group, 0);
        for (const index of out) group.endpoints[index]?.switchOff();
        const ready = ids.filter((id) => group.findEndpoint(id)?.isReady(0));
        const served = Array.from({ length: ready.length * rounds }, () => select(group).endpoint.id);
        for (const id of ready) expect(served.filter((one) => one === id)).toHaveLength(rounds);
        expect(served.slice(0, ready.length).toSorted()).toEqual(ready.toSorted());
      }),
    );
  });
});

describe("failover", () => {
  const settings = { suspendInitialDurationMs: 1000, suspendFactor: 2, suspendMaximumDurationMs: 5000 };

  it("returns to the primary when its suspension ends (example 11)", () => {
    const group = sampleGroup(failoverGroup(["A", "B"], settings));
    expect(sendRequest(group, 0, down("A"))).toEqual({ tried: ["A", "B"], answer: "B" });
    expect(sendRequest(group, 999).tried).toEqual(["B"]);
    expect(sendRequest(group, 1000, down("A"))).toEqual({ tried: ["A", "B"], answer: "B" });
    expect(sendRequest(group, 2999).tried).toEqual(["B"]);
    expect(sendRequest(group, 3000)).toEqual({ tried: ["A"], answer: "A" });
    expect(sendRequest(group, 3001).answer).toBe("A");
  });

  it("goes down the list in order", () => {
    const group = sampleGroup(failoverGroup(["A", "B", "C"]));
    expect(sendRequest(group, 0, down("A", "B")).tried).toEqual(["A", "B", "C"]);
    expect(sendRequest(group, 1).answer).toBe("C");
  });

  it("refuses with 303000 when nobody is ready", () => {
    const group = sampleGroup(failoverGroup(["A", "B"], settings));
    sendRequest(group, 0, down("A", "B"));
    expect(group.pick(new Set(), undefined, 400)).toEqual({ kind: "refusal", code: 303000, retryAfterMs: 600 });
  });
});

describe("a single endpoint", () => {
  const single = () => sampleGroup(singleEndpoint("A"));

  it("refuses with 303001 while it is suspended, and says until when", () => {
    const group = single();
    expect(sendRequest(group, 0, down("A"))).toEqual({ tried: ["A"], answer: 101503 });
    expect(group.pick(new Set(), undefined, 10_000)).toEqual({ kind: "refusal", code: 303001, retryAfterMs: 20_000 });
  });

  it("is tried by everybody when its suspension has passed: there is no other", () => {
    const group = single();
    sendRequest(group, 0, down("A"));
    expect([select(group, 30_000).probing, select(group, 30_000).probing]).toEqual([true, false]);
  });

  it("says a default time while it is switched off", () => {
    const group = single();
    group.findEndpoint("A")?.switchOff();
    expect(group.pick(new Set(), undefined, 0)).toMatchObject({ code: 303001, retryAfterMs: 30_000 });
  });
});

describe("an endpoint whose suspension has passed (≠)", () => {
  it("is probed by one request, and the others pass it by until that one knows", () => {
    const group = sampleGroup(loadBalance());
    sendRequest(group, 0, down("A"));
    const order = () => select(group, 30_000).endpoint.id;
    expect(order()).toBe("C");
    const probe = select(group, 30_000);
    expect(probe).toMatchObject({ endpoint: { id: "A" }, probing: true });
    expect([order(), order(), order(), order()]).toEqual(["B", "C", "B", "C"]);
    group.settle(probe, { kind: "success" }, 30_010);
    expect([order(), order(), order()]).toEqual(["A", "B", "C"]);
  });

  it("is probed again at once when the probing client left", () => {
    const group = sampleGroup(failoverGroup(["A", "B"]));
    sendRequest(group, 0, down("A"));
    const probe = select(group, 30_000);
    expect(select(group, 30_000).endpoint.id).toBe("B");
    group.settle(probe, { kind: "void" }, 30_001);
    expect(select(group, 30_001)).toMatchObject({ endpoint: { id: "A" }, probing: true });
  });

  it("is probed again when the probe has outlasted every timeout", () => {
    const group = sampleGroup(failoverGroup(["A", "B"]));
    sendRequest(group, 0, down("A"));
    select(group, 30_000);
    expect(select(group, 30_000 + 44_999).endpoint.id).toBe("B");
    expect(select(group, 30_000 + 45_000)).toMatchObject({ endpoint: { id: "A" }, probing: true });
  });

  it("keeps its new probe when a lost one ends late", () => {
    const group = sampleGroup(failoverGroup(["A", "B"]));
    sendRequest(group, 0, down("A"));
    const lost = select(group, 30_000);
    select(group, 80_000);
    group.settle(lost, { kind: "void" }, 80_001);
    expect(select(group, 80_002).endpoint.id).toBe("B");
  });

  it("is open to all when no other is ready", () => {
    const group = sampleGroup(failoverGroup(["A", "B"]));
    sendRequest(group, 0, down("A", "B"));
    const ids = Array.from({ length: 4 }, () => select(group, 30_000).endpoint.id);
    expect(ids).toEqual(["A", "B", "A", "A"]);
  });

  it("is open to a request that has tried all others", () => {
    const group = sampleGroup(failoverGroup(["A", "B"]));
    sendRequest(group, 0, down("A"));
    select(group, 30_000);
    expect(select(group, 30_000, { tried: ["B"] }).endpoint.id).toBe("A");
  });

  it("forgets a probe of an earlier suspension", () => {
    const group = sampleGroup(failoverGroup(["A", "B"], { suspendInitialDurationMs: 1000 }));
    sendRequest(group, 0, down("A", "B"));
    const [first, , second] = [select(group, 1000), select(group, 1000), select(group, 1000)];
    expect([first.endpoint.id, second.endpoint.id]).toEqual(["A", "A"]);
    group.settle(second, { kind: "error", code: 101503 }, 1001);
    expect(select(group, 2001)).toMatchObject({ endpoint: { id: "A" }, probing: true });
  });
});

describe("settling", () => {
  it("counts a request, its failure and what is in flight", () => {
    const group = sampleGroup(loadBalance());
    const selection = select(group, 5);
    expect(selection.endpoint).toMatchObject({ requests: 1, failures: 0, inFlight: 1 });
    group.settle(selection, { kind: "error", code: 101504 }, 9);
    expect(selection.endpoint).toMatchObject({
      failures: 1,
      inFlight: 0,
      lastError: { code: 101504, at: 9, message: "Connection timed out" },
    });
  });

  it("twice counts once", () => {
    const group = sampleGroup(loadBalance());
    const selection = select(group);
    group.settle(selection, { kind: "void" }, 0);
    group.settle(selection, { kind: "error", code: 101503 }, 0);
    expect(selection.endpoint).toMatchObject({ inFlight: 0, failures: 0, state: { kind: "active" } });
  });

  it("holds nothing of the client against the endpoint", () => {
    const group = sampleGroup(loadBalance());
    const selection = select(group);
    group.settle(selection, { kind: "error", code: 101000 }, 0);
    expect(selection.endpoint).toMatchObject({ failures: 0, lastError: undefined });
  });

  it("cannot bring an endpoint out of OFF (≠)", () => {
    const group = sampleGroup(loadBalance());
    const selection = select(group);
    selection.endpoint.switchOff();
    group.settle(selection, { kind: "error", code: 101503 }, 0);
    expect(selection.endpoint.state.kind).toBe("off");
  });
});

describe("a bound request", () => {
  it("does not move the rotation", () => {
    const group = sampleGroup(loadBalance());
    expect(sendRequest(group, 0).answer).toBe("A");
    for (let request = 0; request < 100; request += 1) {
      expect(select(group, 0, { boundEndpointId: "A" })).toMatchObject({ endpoint: { id: "A" }, viaSession: true });
    }
    expect(answers(3, () => sendRequest(group, 0))).toBe("B C A");
  });

  it("goes on by round robin when its endpoint is not ready and failover is on", () => {
    const group = sampleGroup(loadBalance());
    group.findEndpoint("A")?.switchOff();
    expect(select(group, 0, { boundEndpointId: "A" })).toMatchObject({ endpoint: { id: "B" }, viaSession: false });
  });

  it("goes on by round robin when its endpoint fails and failover is on", () => {
    const group = sampleGroup(loadBalance());
    expect(sendRequest(group, 0, down("C"), "C")).toEqual({ tried: ["C", "A"], answer: "A" });
  });

  it("is refused with 309001 when its endpoint is not ready and failover is off", () => {
    const group = sampleGroup(loadBalance({ failover: false }));
    expect(sendRequest(group, 0, down("A"), "A").answer).toBe(101503);
    const refusal = group.pick(new Set(), "A", 1000);
    expect(refusal).toEqual({ kind: "refusal", code: 309001, retryAfterMs: 29_000 });
  });

  it("with failover off does not wait for another request's probe", () => {
    const group = sampleGroup(loadBalance({ failover: false }));
    sendRequest(group, 0, down("A"));
    expect(select(group, 30_000, { boundEndpointId: "A" }).probing).toBe(true);
    expect(select(group, 30_000, { boundEndpointId: "A" }).endpoint.id).toBe("A");
  });

  it("of an endpoint that has left is free, with failover off as well", () => {
    const group = sampleGroup(loadBalance({ failover: false }));
    expect(select(group, 0, { boundEndpointId: "gone" })).toMatchObject({ endpoint: { id: "A" }, viaSession: false });
  });
});
