import { requests } from "../behaviours.ts";
import type { CaseGroup, ClientRequest, ConformanceCase, Expectation, Given } from "../case.ts";
import { caseKeys } from "../given-api.ts";
import { type Source, sources } from "../sources.ts";

const withKey = (apikey: string): ClientRequest => ({ headers: { apikey } });
const protectedApi: Given = { needsKey: true, members: "A", sandbox: "B" };

const table: readonly [string, Given, ClientRequest, Expectation, Source][] = [
  ["a path with no API is 404", {}, { path: "x/1.0.0/x" }, { ways: "!404", status: 404 }, sources.statuses],
  ["a version that is not there is 404", {}, { path: "/2.0.0/x" }, { ways: "!404", status: 404 }, sources.statuses],
  ["a version is a whole segment", {}, { path: "/1.0.0x" }, { ways: "!404", status: 404 }, sources.statuses],
  ["without a version it is 404", {}, { path: "/x" }, { ways: "!404", status: 404 }, sources.statuses],
  [
    "the default version answers without the version too",
    { isDefaultVersion: true },
    { path: "/x" },
    { ways: "A", targetAt: "/x" },
    sources.versions,
  ],
  [
    "the rest of the path and the query go byte for byte",
    {},
    { path: "/1.0.0/a%2Fb//c;d=1/%C3%9C?x=%20&y=+&&z" },
    { ways: "A", targetAt: "/a%2Fb//c;d=1/%C3%9C?x=%20&y=+&&z" },
    sources.targets,
  ],
  [
    "the endpoint's own path comes first",
    { endpointPath: "/base/v2/" },
    { path: "/1.0.0/items?q" },
    { ways: "A", targetAt: "/base/v2/items?q" },
    sources.targets,
  ],
  [
    "the endpoint's own query comes before the request's",
    { endpointPath: "/base?tenant=7" },
    { path: "/1.0.0/items?q=1" },
    { ways: "A", targetAt: "/base/items?tenant=7&q=1" },
    sources.targets,
  ],
  [
    "a path that climbs up is refused",
    { endpointPath: "/base" },
    { path: "/1.0.0/a/..%2f..%2fadmin" },
    { ways: "!400", status: 400 },
    sources.targets,
  ],
  [
    "a blocked API is 700700, status 503",
    { lifecycle: "BLOCKED" },
    {},
    { ways: "!700700", status: 503 },
    sources.lifecycle,
  ],
  ["a deprecated API answers", { lifecycle: "DEPRECATED" }, {}, { ways: "A", status: 200 }, sources.lifecycle],
  ["no key is 900902, status 401", protectedApi, {}, { ways: "!900902", status: 401 }, sources.authentication],
  [
    "a key that nobody knows is 900901, status 401",
    protectedApi,
    withKey("flk_unknown"),
    { ways: "!900901", status: 401 },
    sources.authentication,
  ],
  [
    "a production key reaches the production endpoint",
    protectedApi,
    withKey(caseKeys.production),
    { ways: "A" },
    sources.authentication,
  ],
  [
    "a sandbox key reaches the sandbox endpoint",
    protectedApi,
    withKey(caseKeys.sandbox),
    { ways: "B" },
    sources.authentication,
  ],
  [
    "a sandbox key without a sandbox endpoint is 900901, status 403",
    { needsKey: true, members: "A" },
    withKey(caseKeys.sandbox),
    { ways: "!900901", status: 403 },
    sources.authentication,
  ],
  [
    "a production key without a production endpoint is 900901, status 403",
    { needsKey: true, members: "", sandbox: "B" },
    withKey(caseKeys.production),
    { ways: "!900901", status: 403 },
    sources.authentication,
  ],
  [
    "a key in the query is taken, and not forwarded",
    protectedApi,
    { path: `/1.0.0/x?a=1&apikey=${caseKeys.production}&b=2` },
    { ways: "A", targetAt: "/x?a=1&b=2" },
    sources.authentication,
  ],
  ["an open API uses production", { members: "A", sandbox: "B" }, {}, { ways: "A" }, sources.authentication],
  [
    "an open API with sandbox endpoints alone uses those",
    { members: "", sandbox: "B" },
    {},
    { ways: "B" },
    sources.authentication,
  ],
];

const cases = table.map(
  ([name, given, request, expect, source]): ConformanceCase => ({
    name,
    given,
    when: [{ send: request, expect }],
    source,
    only: "sockets",
  }),
);

const apart: ConformanceCase = {
  name: "production and sandbox have rotations and states of their own, also with the same URL",
  given: { needsKey: true, members: "A B", sandbox: "A B" },
  when: [
    { send: { ...withKey(caseKeys.production), times: 3 }, expect: { ways: "A B A" } },
    { send: { ...withKey(caseKeys.sandbox), times: 3 }, expect: { ways: "A B A" } },
    { endpoints: { A: "refuses" }, send: { ...withKey(caseKeys.sandbox), times: 2 }, expect: { ways: "B A>B" } },
    { endpoints: { A: "answers" }, expect: { states: { A: "ACTIVE" } } },
    { send: { ...withKey(caseKeys.production), times: 2 }, expect: { ways: "B A" } },
  ],
  source: sources.abstractEndpoint,
  only: "sockets",
};

const openApi: ConformanceCase = {
  name: "an open API needs no key and forwards what it does not know",
  given: {},
  when: [{ send: { ...requests(1), headers: { apikey: "the endpoint's own" } }, expect: { ways: "A", status: 200 } }],
  source: sources.authentication,
  only: "sockets",
};

/** How a request finds its group. */
export const traffic: CaseGroup[] = [{ title: "Routes and keys", cases: [...cases, apart, openApi] }];
