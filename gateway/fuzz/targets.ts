import type { FuzzTarget } from "./fuzz-target.ts";
import { nodeParser } from "./node-target.ts";
import { chunks, requestHeads, responseHeads } from "./parser-targets.ts";
import { relayRequests } from "./relay-requests.ts";
import { relayResponses } from "./relay-responses.ts";

/** All there are, with the share of the time that each gets. */
export function fuzzTargets(): { target: FuzzTarget; share: number }[] {
  return [
    { target: requestHeads, share: 3 },
    { target: responseHeads, share: 2 },
    { target: chunks, share: 2 },
    { target: nodeParser, share: 1 },
    { target: relayRequests(), share: 3 },
    { target: relayResponses(), share: 3 },
  ];
}
