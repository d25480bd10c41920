import { describe, expect, it } from "vitest";
import { parseWrk } from "./wrk.ts";

const output = (latency: string, more = "") => `Running 2s test @ http://127.0.0.1:9200/
  1 threads and 64 connections
  Thread Stats   Avg      Stdev     Max   +/- Stdev
    Latency     2.01ms    1.13ms  30.65ms   96.94%
    Req/Sec    32.93k     2.11k   35.34k    85.00%
  Latency Distribution
     50%    ${latency}
     75%    2.01ms
     90%    2.46ms
     99%    1.20s
  65522 requests in 2.00s, 70.67MB read
${more}Requests/sec:  32747.10
Transfer/sec:     35.32MB
`;

describe("what wrk prints", () => {
  it.each([
    ["812.00us", 0.812],
    ["1.86ms", 1.86],
    ["1.02s", 1_020],
    ["1.50m", 90_000],
  ])("has %s as a latency", (text, p50Ms) => {
    expect(parseWrk(output(text))).toEqual({ requests: 65_522, perSecond: 32_747.1, p50Ms, p99Ms: 1_200, failed: 0 });
  });

  it("has answers of other statuses and broken connections as failed requests", () => {
    const more = "  Socket errors: connect 1, read 20, write 300, timeout 4000\n  Non-2xx or 3xx responses: 50000\n";
    expect(parseWrk(output("1.86ms", more)).failed).toBe(54_321);
  });

  it.each([["unable to connect to 127.0.0.1:9200 Connection refused"], [output("1.86ms").replace("65522", "0")]])(
    "is refused when nothing was measured",
    (text) => {
      expect(() => parseWrk(text)).toThrow("wrk has measured nothing");
    },
  );
});
