import type { Transaction } from "../../db/client.ts";
import { defaultGuardSettings, type GuardSettings } from "../../model/guard.ts";

/** How publishes of an API are guarded; the defaults, switched off, where nobody has said. */
export async function findGuardSettings(tx: Transaction, apiId: string): Promise<GuardSettings> {
  const row = await tx.apiGuard.findUnique({ where: { apiId } });
  if (!row) return defaultGuardSettings;
  const { enabled, watchMinutes, maxErrorPoints, maxLatencyPercent, minRequests } = row;
  return { enabled, watchMinutes, maxErrorPoints, maxLatencyPercent, minRequests };
}
