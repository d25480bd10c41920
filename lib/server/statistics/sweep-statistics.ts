import type { Database } from "../../db/client.ts";
import { keptFailures } from "../../model/api-statistics.ts";

/**
 * Forgets what no page shows any more: minutes after two hours, quarters of an hour and changes of state after a day,
 * requests that failed after a week and with their API.
 */
export async function sweepStatistics(db: Database): Promise<void> {
  await db.$executeRaw`
    DELETE FROM api_statistic
    WHERE (span = 60 AND at < now() - interval '2 hours') OR (span = 900 AND at < now() - interval '25 hours')`;
  await db.$executeRaw`
    DELETE FROM endpoint_statistic
    WHERE (span = 60 AND at < now() - interval '2 hours') OR (span = 900 AND at < now() - interval '25 hours')`;
  await db.$executeRaw`DELETE FROM endpoint_change WHERE at < now() - interval '25 hours'`;
  await db.$executeRaw`
    DELETE FROM failed_request f
    WHERE f.at < now() - make_interval(days => ${keptFailures.days}::int)
      OR NOT EXISTS (SELECT 1 FROM api WHERE api.id = f.api_id)`;
  await db.$executeRaw`DELETE FROM statistics_batch WHERE at < now() - interval '1 day'`;
}
