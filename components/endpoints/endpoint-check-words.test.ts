import { expect, it } from "vitest";
import { endpointCheckWords } from "./endpoint-check-words.ts";

it.each([
  [{ statusCode: 200, statusMessage: "OK", latencyMs: 12 }, "success", "200 OK · 12 ms"],
  [{ statusCode: 204, statusMessage: "", latencyMs: 1 }, "success", "204 · 1 ms"],
  [{ statusCode: 404, statusMessage: "Not Found", latencyMs: 3 }, "warning", "404 Not Found · 3 ms"],
  [{ statusCode: null, statusMessage: "", latencyMs: 9, error: "Refused" }, "error", "Refused · 9 ms"],
  [
    {
      statusCode: 200,
      statusMessage: "OK",
      latencyMs: 40,
      tls: { protocol: "TLSv1.3", validTo: new Date("2027-03-01") },
    },
    "success",
    "200 OK · 40 ms · TLSv1.3 · certificate valid until 1 Mar 2027",
  ],
])("%j is told as %s: %s", (check, tone, text) => {
  expect(endpointCheckWords(check)).toEqual({ tone, text });
});
