import { expect, it } from "vitest";
import { localTimeText, nextFullHour } from "./local-time.ts";

it("a time survives the field that it is edited in", () => {
  const instant = new Date("2030-01-31T21:07:00Z");
  expect(new Date(localTimeText(instant))).toEqual(instant);
});

it("the next full hour is ahead, and less than an hour away", () => {
  const now = new Date("2030-12-31T23:59:59.999Z");
  const aheadMs = nextFullHour(now).getTime() - now.getTime();
  expect(aheadMs).toBe(1);
});
