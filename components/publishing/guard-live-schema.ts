import { z } from "zod";
import { guardWatchSchema } from "@/lib/model/guard.ts";

/** What the banner of a guarded API reads again and again. */
export const guardLiveSchema = z.object({ watch: guardWatchSchema.nullable() });
export type GuardLive = z.infer<typeof guardLiveSchema>;
