import { describe, expect, it } from "vitest";
import type { EndpointGroup } from "../../lib/model/endpoint-group.ts";
import type { ErrorCode } from "../../lib/model/error-code.ts";
import type { GroupRuntime } from "./group-runtime.ts";
import type { PassedBy } from "./passed-by.ts";
import { failoverGroup, loadBalance, sampleEndpoint, sampleGroup, sendRequest } from "./testing/sample-groups.ts";

const order = (group: GroupRuntime, count: number, now = 0, down: Record<string, ErrorCode> = {}) =>
  Array.from({ length: count }, () => sendRequest(group, now, down).answer).join(" ");

const weighted = (weights: Record<string, number>, more: Partial<EndpointGroup> = {}): EndpointGroup => ({
  ...loadBalance(),
  tiers: [Object.entries(weights).map(([id, weight]) => ({ ...sampleEndpoint(id), weight }))],
  ...more,
});

const endpoint = (group: GroupRuntime, id: string) => {
  const found = group.findEndpoint(id);
  if (!found) throw new Error(`no endpoint ${id}`);
  return found;
};

const counts = (answers: string) => {
  const count: Record<string, number> = {};
  for (const id of answers.split(" ")) count[id] = (count[id] ?? 0) + 1;
  return count;
};

describe("weights", () => {
  it("are served smoothly and exactly", () => {
    expect(order(sampleGroup(weighted({ A: 5, B: 1, C: 1 })), 14)).toBe("A A B A C A A A A B A C A A");
  });

  it("keep the proportion of those that are ready when one is not", () => {
    const group = sampleGroup(weighted({ A: 4, B: 2, C: 1 }));
    endpoint(group, "A").switchOff();
    expect(counts(order(group, 300))).toEqual({ B: 200, C: 100 });
  });
});

describe("tiers", () => {
  const pools = (): EndpointGroup => ({
    ...loadBalance(),
    tiers: [
      [sampleEndpoint("A"), sampleEndpoint("B")],
      [sampleEndpoint("C"), sampleEndpoint("D")],
    ],
  });

  it("leave the backup pool alone while one of the primary pool is ready", () => {
    const group = sampleGroup(pools());
    expect(order(group, 4)).toBe("A B A B");
    endpoint(group, "A").switchOff();
    expect(order(group, 3)).toBe("B B B");
  });

  it("balance over the backup pool when none of the primary pool is, and return at once", () => {
    const group = sampleGroup(pools());
    expect(sendRequest(group, 0, { A: 101503, B: 101503 })).toEqual({ tried: ["A", "B", "C"], answer: "C" });
    expect(order(group, 3)).toBe("D C D");
    expect(order(group, 2, 30_000)).toBe("A B");
  });

  it("end with the last one", () => {
    const group = sampleGroup(pools());
    const all: Record<string, ErrorCode> = { A: 101503, B: 101503, C: 101503, D: 101503 };
    expect(sendRequest(group, 0, all)).toEqual({ tried: ["A", "B", "C", "D"], answer: 101503 });
    expect(sendRequest(group, 1)).toEqual({ tried: [], answer: 303000 });
  });
});

describe("draining", () => {
  it("sends nothing new to a member, and lets its sessions go on", () => {
    const group = sampleGroup(loadBalance());
    endpoint(group, "A").drain();
    expect(order(group, 4)).toBe("B C B C");
    expect(sendRequest(group, 0, {}, "A").answer).toBe("A");
    endpoint(group, "A").switchOn();
    expect(counts(order(group, 6))).toEqual({ A: 2, B: 2, C: 2 });
  });

  it("of every member refuses what is new", () => {
    const group = sampleGroup(failoverGroup(["A", "B"]));
    for (const id of ["A", "B"]) endpoint(group, id).drain();
    expect(sendRequest(group, 0)).toEqual({ tried: [], answer: 303000 });
  });
});

describe("a member that active checks found down", () => {
  it("is passed by, for sessions as well, until it is found up", () => {
    const group = sampleGroup(loadBalance());
    endpoint(group, "A").markDown();
    expect(order(group, 4)).toBe("B C B C");
    expect(sendRequest(group, 0, {}, "A").answer).not.toBe("A");
    endpoint(group, "A").markUp(1);
    expect(counts(order(group, 3, 1))).toEqual({ A: 1, B: 1, C: 1 });
  });

  it("ends its suspension early when it is found up", () => {
    const group = sampleGroup(loadBalance());
    sendRequest(group, 0, { A: 101503 });
    endpoint(group, "A").markUp(10);
    expect(endpoint(group, "A").state.kind).toBe("active");
  });

  it("stays off when somebody switched it off", () => {
    const group = sampleGroup(loadBalance());
    endpoint(group, "A").switchOff();
    endpoint(group, "A").markUp(10);
    expect(endpoint(group, "A").state.kind).toBe("off");
  });

  it("is no reason to wait for ever: the answer says when to come back", () => {
    const group = sampleGroup(failoverGroup(["A"]));
    endpoint(group, "A").markDown();
    expect(group.pick(new Set(), undefined, 0)).toMatchObject({ code: 303000, retryAfterMs: 30_000 });
  });
});

describe("slow start", () => {
  const slow = () => sampleGroup({ ...loadBalance(), slowStartMs: 10_000 });
  const recover = (group: GroupRuntime) => {
    sendRequest(group, 0, { A: 101503 });
    // The probe that brings it back.
    while (sendRequest(group, 30_000).answer !== "A");
  };

  it("gives a member that came back a share that grows evenly to its own", () => {
    const group = slow();
    recover(group);
    const share = (now: number) => counts(order(group, 300, now)).A ?? 0;
    expect(share(30_000)).toBe(0);
    expect(share(32_500)).toBeGreaterThan(20);
    expect(share(32_500)).toBeLessThan(40);
    expect(share(35_000)).toBeGreaterThan(50);
    expect(share(35_000)).toBeLessThan(75);
    expect(share(40_000)).toBe(100);
  });

  it("is given up when there is no other", () => {
    const group = slow();
    recover(group);
    for (const id of ["B", "C"]) endpoint(group, id).switchOff();
    expect(order(group, 3, 30_001)).toBe("A A A");
  });

  it("tells who asks that the member was passed by for it", () => {
    const group = slow();
    recover(group);
    const passedBy: PassedBy[] = [];
    for (let turn = 0; turn < 3; turn += 1) group.pick(new Set(), undefined, 30_001, passedBy);
    expect(passedBy).toEqual([{ endpointId: "A", reason: "warming-up" }]);
  });
});
