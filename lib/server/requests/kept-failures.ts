import type { Database } from "../../db/client.ts";
import { keptFailures } from "../../model/api-statistics.ts";
import { type DecisionRecord, decisionRecordSchema } from "../../model/decision-record.ts";

const newestFirst = [{ at: "desc" as const }, { id: "desc" as const }];

/** The last requests to an API that failed, newest first, as gateways wrote them down, whether those still run or not. */
export async function listKeptFailures(db: Database, apiId: string): Promise<DecisionRecord[]> {
  const rows = await db.failedRequest.findMany({
    where: { apiId },
    select: { record: true },
    orderBy: newestFirst,
    take: keptFailures.perApi,
  });
  return rows.flatMap(({ record }) => decisionRecordSchema.safeParse(record).data ?? []);
}

/** The newest request of this id among them, which knows how many there are. */
export async function findKeptFailure(
  db: Database,
  apiId: string,
  requestId: string,
): Promise<DecisionRecord | undefined> {
  const same = (await listKeptFailures(db, apiId)).filter((record) => record.requestId === requestId);
  const [newest] = same;
  return newest && { ...newest, sameId: same.length };
}
