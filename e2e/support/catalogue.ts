import pg from "pg";

/**
 * Stores `count` published, load-balanced APIs straight in the database, as ten thousand saves would have left them.
 * Names are `Catalogue 00000` on; every tenth is about pizza, for searches.
 */
export async function storeCatalogue(databaseUrl: string, count: number, backendUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query(
      `INSERT INTO api (id, name, version, display_name, description, context, path, tags, is_default, lifecycle_state,
         api_key_required, endpoint_config, endpoint_type, owner_id, revision, change_revision, created_at, updated_at)
       SELECT gen_random_uuid(), 'Catalogue ' || lpad(n::text, 5, '0'), '1.0.0',
         CASE WHEN n % 10 = 0 THEN 'Pizza service ' ELSE 'Service ' END || n, 'Stored by a test.',
         '/catalogue/' || n, '/catalogue/' || n || '/1.0.0', ARRAY['load'], false, 'PUBLISHED', false,
         jsonb_build_object('kind', 'load-balance', 'protocol', 'rest', 'retryNonIdempotent', false,
           'algorithm', 'round-robin', 'session', jsonb_build_object('kind', 'none'), 'failover', true,
           'production', jsonb_build_array(
             jsonb_build_object('id', 'a', 'url', $2::text, 'settings', '{}'::jsonb),
             jsonb_build_object('id', 'b', 'url', $2::text, 'settings', '{}'::jsonb),
             jsonb_build_object('id', 'c', 'url', $2::text, 'settings', '{}'::jsonb))),
         'load-balance', (SELECT id FROM "user" LIMIT 1), 1, 1, now(), now()
       FROM generate_series(0, $1::int - 1) AS n`,
      [count, backendUrl],
    );
    await client.query("UPDATE config_revision SET revision = greatest(revision, 1)");
    await client.query("ANALYZE api");
  } finally {
    await client.end();
  }
}
