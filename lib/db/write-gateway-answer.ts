import type { Database } from "./client.ts";
import { gatewayAnswerChannel } from "./notify.ts";

/** Writes what a gateway answers, and tells whoever asked, in one round trip. `document` null: nothing to say. */
export async function writeGatewayAnswer(
  db: Database,
  askId: string,
  gatewayId: string,
  document: unknown,
): Promise<void> {
  const json = JSON.stringify(document ?? null);
  await db.$executeRaw`
    WITH answer AS (
      INSERT INTO gateway_answer (ask_id, gateway_id, document)
      VALUES (${askId}::uuid, ${gatewayId}, ${json}::jsonb)
      ON CONFLICT DO NOTHING
      RETURNING ask_id, gateway_id
    )
    SELECT pg_notify(${gatewayAnswerChannel}, ask_id || ' ' || gateway_id) FROM answer`;
}
