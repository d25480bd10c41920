import type { Transaction } from "./client.ts";

/**
 * Keeps, with the deletion of an API, the rows that go with it and come back with it: its co-owners, its consumers' keys,
 * certificates of its endpoints, how it is guarded. To be called while they are there.
 */
export async function keepRows(tx: Transaction, apiId: string): Promise<void> {
  await tx.$executeRaw`
    UPDATE api_deletion SET kept = jsonb_build_object(
      'api_key', (SELECT coalesce(jsonb_agg(present), '[]') FROM api_key AS present WHERE present.api_id = ${apiId}::uuid),
      'endpoint_certificate',
        (SELECT coalesce(jsonb_agg(present), '[]') FROM endpoint_certificate AS present WHERE present.api_id = ${apiId}::uuid),
      'api_co_owner', (SELECT coalesce(jsonb_agg(present), '[]') FROM api_co_owner AS present WHERE present.api_id = ${apiId}::uuid),
      'api_guard', (SELECT coalesce(jsonb_agg(present), '[]') FROM api_guard AS present WHERE present.api_id = ${apiId}::uuid))
    WHERE api_id = ${apiId}::uuid`;
}

/** Puts rows back that {@link keepRows} kept, when their API is there again. */
export async function putBackRows(tx: Transaction, apiId: string): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO api_key SELECT rows.* FROM api_deletion,
      jsonb_populate_recordset(NULL::api_key, kept->'api_key') AS rows WHERE api_deletion.api_id = ${apiId}::uuid`;
  await tx.$executeRaw`
    INSERT INTO endpoint_certificate SELECT rows.* FROM api_deletion,
      jsonb_populate_recordset(NULL::endpoint_certificate, kept->'endpoint_certificate') AS rows
    WHERE api_deletion.api_id = ${apiId}::uuid`;
  await tx.$executeRaw`
    INSERT INTO api_co_owner SELECT rows.* FROM api_deletion,
      jsonb_populate_recordset(NULL::api_co_owner, kept->'api_co_owner') AS rows
    WHERE api_deletion.api_id = ${apiId}::uuid AND EXISTS (SELECT 1 FROM "user" u WHERE u.id = rows.user_id)`;
  await tx.$executeRaw`
    INSERT INTO api_guard SELECT rows.* FROM api_deletion,
      jsonb_populate_recordset(NULL::api_guard, kept->'api_guard') AS rows WHERE api_deletion.api_id = ${apiId}::uuid`;
}

/** The tiers that kept keys of an API name. */
export async function tiersOfKeptKeys(tx: Transaction, apiId: string): Promise<string[]> {
  const rows = await tx.$queryRaw<{ tier: string }[]>`
    SELECT DISTINCT key->>'rate_tier' AS tier FROM api_deletion, jsonb_array_elements(kept->'api_key') AS key
    WHERE api_id = ${apiId}::uuid AND key->>'rate_tier' IS NOT NULL ORDER BY tier`;
  return rows.map(({ tier }) => tier);
}
