import { describe, expect, it } from "vitest";
import { scheduleTimeSchema } from "./schedule.ts";
import { timeInZone } from "./time-in-zone.ts";

describe("the time of a scheduled publish", () => {
  it.each([
    ["2030-01-31T22:00:00+01:00", "2030-01-31T21:00:00.000Z"],
    ["2030-01-31T22:00:00Z", "2030-01-31T22:00:00.000Z"],
  ])("%s is the instant %s", (publishAt, instant) => {
    expect(scheduleTimeSchema.parse({ publishAt }).publishAt.toISOString()).toBe(instant);
  });

  it.each(["2030-01-31T22:00:00", "2030-01-31", "tomorrow", "2030-02-30T00:00:00Z", ""])(
    "%j is refused: nobody could know which instant is meant",
    (publishAt) => {
      expect(scheduleTimeSchema.safeParse({ publishAt }).error?.issues[0]?.message).toContain("offset from UTC");
    },
  );

  it.each(["Mars/Olympus", "", "x".repeat(65)])("has no time zone %j", (timeZone) => {
    expect(scheduleTimeSchema.safeParse({ publishAt: "2030-01-31T22:00:00Z", timeZone }).success).toBe(false);
  });

  it.each([
    ["Europe/Berlin", "Thu 31 Jan 2030, 22:00 (Europe/Berlin, GMT+1)"],
    ["UTC", "Thu 31 Jan 2030, 21:00 (UTC)"],
    ["America/New_York", "Thu 31 Jan 2030, 16:00 (America/New_York, GMT-5)"],
  ])("reads in %s as %s", (timeZone, words) => {
    expect(timeInZone(new Date("2030-01-31T21:00:00Z"), timeZone)).toBe(words);
  });
});
