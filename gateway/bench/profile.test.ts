import { describe, expect, it } from "vitest";
import { groupOf, summarise } from "./profile.ts";

describe("a function", () => {
  it.each([
    ["scan", "file:///srv/fairlead/gateway/wire/request-head.ts", "gateway/wire"],
    ["bind", "file:///srv/fairlead/gateway/endpoints/sessions/session-store.ts", "gateway/endpoints/sessions"],
    ["parse", "file:///srv/fairlead/node_modules/zod/v4/core/parse.js", "package zod"],
    ["x", "file:///srv/node_modules/@fastify/http-proxy/index.js", "package @fastify/http-proxy"],
    ["write", "node:internal/streams/writable", "Node: internal/streams/writable"],
    ["writev", "", "native: writev"],
    ["(garbage collector)", "", "garbage collector"],
    ["(idle)", "", undefined],
  ])("%s of %s belongs to %s", (functionName, url, group) => {
    expect(groupOf({ functionName, url })).toBe(group);
  });
});

it("divides the time of all threads by the requests, idle time left out, the small together", () => {
  const frame = (id: number, functionName: string, url = "") => ({ id, callFrame: { functionName, url } });
  const nodes = [
    frame(1, "(idle)"),
    frame(2, "writev"),
    frame(3, "scan", "file:///a/gateway/wire/b.ts"),
    frame(4, "now"),
  ];
  const one = { nodes, samples: [1, 2, 3, 2], timeDeltas: [900, 40, 20, 60] };
  const other = { nodes, samples: [3, 4], timeDeltas: [30, 1] };
  expect(summarise([one, other], 10)).toEqual({
    requests: 10,
    rows: [
      { group: "native: writev", microsPerRequest: 10 },
      { group: "gateway/wire", microsPerRequest: 5 },
      { group: "everything else, each below 0.2 µs", microsPerRequest: 0.1 },
    ],
  });
});
