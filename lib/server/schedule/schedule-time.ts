import { z } from "zod";
import type { Transaction } from "../../db/client.ts";
import { parseInput } from "../../model/parse-input.ts";
import { Problem } from "../../model/problem.ts";
import { maxScheduleDays, type ScheduleTime, scheduleTimeSchema } from "../../model/schedule.ts";
import { timeInZone } from "../../model/time-in-zone.ts";

/** The time of a scheduled publish, ahead by the clock of the database. Problem "invalid" at its field. */
export async function readScheduleTime(
  tx: Transaction,
  input: ScheduleTime,
): Promise<z.output<typeof scheduleTimeSchema>> {
  const time = parseInput(scheduleTimeSchema, input);
  const now = await databaseNow(tx);
  const aheadMs = time.publishAt.getTime() - now.getTime();
  if (aheadMs <= 0) throw wrongTime(`This time is over: it is ${timeInZone(now, time.timeZone)} now.`);
  if (aheadMs > maxScheduleDays * 86_400_000) {
    throw wrongTime(`A change can be scheduled at most ${maxScheduleDays} days ahead.`);
  }
  return time;
}

const wrongTime = (message: string) => new Problem("invalid", message, [{ path: "publishAt", message }]);

/** The present by the one clock that all publishers share. */
async function databaseNow(tx: Transaction): Promise<Date> {
  const rows: unknown = await tx.$queryRaw`SELECT clock_timestamp() AS now`;
  const [row] = z.array(z.object({ now: z.date() })).parse(rows);
  if (!row) throw new Error("The database did not say what time it is.");
  return row.now;
}
