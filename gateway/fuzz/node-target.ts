import { readWithNode } from "../wire/testing/node-parser.ts";
import { bodyAt } from "./fuzz-endpoint.ts";
import type { FuzzTarget } from "./fuzz-target.ts";
import { requests } from "./grammar.ts";
import { readChunks, readRequest } from "./reference.ts";

/** What we take for a request is one for Node's own parser, llhttp, and the same one. */
export const nodeParser: FuzzTarget = {
  name: "node-parser",
  promise: "what is taken for a request is the same request for Node's parser",
  lanes: 16,
  make: requests,
  check: async (input) => {
    const read = readRequest(input);
    if (read.kind !== "request") return undefined;
    const body = bodyAt(read.rest, read.body);
    if (typeof body === "string") return undefined;
    const head = input.slice(0, input.length - read.rest.length);
    const chunks = read.body.kind === "chunked" ? readChunks(read.rest) : undefined;
    const expected = {
      kind: "request",
      method: read.method,
      target: read.target,
      rawHeaders: read.fields.flat(),
      body: typeof chunks === "object" ? chunks.content : body.octets,
    };
    const found = await readWithNode(Buffer.from(head + body.octets, "latin1"));
    if (JSON.stringify(found) === JSON.stringify(expected)) return undefined;
    if (found.kind === "refused" && isKnownDifference(read.method, found.code)) return undefined;
    return `Node reads ${JSON.stringify(found)} instead of ${JSON.stringify(expected)}`;
  },
};

/** Node knows a list of methods; RFC 9110 §9.1 lets a proxy pass on any that is a token. */
function isKnownDifference(method: string, code: string): boolean {
  return code === "HPE_INVALID_METHOD" && /^[!#$%&'*+\-.^_`|~\w]+$/.test(method);
}
