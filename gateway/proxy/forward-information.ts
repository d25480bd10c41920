import type { InformationEvent, ServerResponse } from "node:http";
import { endToEndHeaders, fieldPairs, fieldValues } from "./headers.ts";

/**
 * Passes an interim response on. RFC 9110 §15.2: a proxy forwards 1xx, and a client that does not know one ignores it.
 * 100 is passed on where a body waits for it; what Node has no way to send is left out.
 */
export function forwardInformation(response: ServerResponse, information: InformationEvent): void {
  if (response.headersSent || response.destroyed || response.req.httpVersion !== "1.1") return;
  if (information.statusCode === 102) response.writeProcessing();
  if (information.statusCode !== 103) return;
  const others = endToEndHeaders(information.rawHeaders, (name, value) => (name === "link" ? undefined : value));
  const link = fieldValues(information.rawHeaders, "link").flatMap((value) => value.split(/,\s*(?=<)/));
  try {
    response.writeEarlyHints({ ...Object.fromEntries(fieldPairs(others)), link });
  } catch {
    // Node refuses links it cannot read. Hints are only hints: the response itself is still to come.
  }
}
