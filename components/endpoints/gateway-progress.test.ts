import { expect, it } from "vitest";
import { gatewayProgress, gatewayProgressText } from "./gateway-progress.ts";

const live = { host: "a", live: true, gone: false };
const behind = { host: "b", live: false, gone: false };
const refused = { host: "c", live: false, gone: false, refusedReason: "its document does not parse" };
const gone = { host: "d", live: false, gone: true };

it.each([
  [[live, live], 214, "Live on 2 of 2 gateways after 0.21 s"],
  [[live, gone], 50, "Live on 1 of 1 gateway after 0.05 s"],
  [[live, behind], 9_000, "Saved. Waiting for the gateways…"],
  [[live, behind], 10_000, "Saved. Live on 1 of 2 gateways. b: has not taken it within 10 seconds."],
  [[live, refused], 100, "Saved. Live on 1 of 2 gateways. c: its document does not parse."],
  [[gone], 0, "Saved. No gateway is connected: it goes live as soon as one is."],
])("%j after %d ms reads %j", (gateways, elapsedMs, text) => {
  expect(gatewayProgressText(gatewayProgress(gateways, elapsedMs))).toBe(text);
});
