import type { Transaction } from "../../db/client.ts";
import { parseInput } from "../../model/parse-input.ts";
import { Problem } from "../../model/problem.ts";
import { mostRateTiers, type RateTier, rateTierSchema } from "../../model/rate-limit.ts";
import { isStorable } from "../../model/unstorable-text.ts";
import { recordAudit } from "../audit/record-audit.ts";
import { changeConfiguration } from "../change-configuration.ts";
import type { ServerContext } from "../context.ts";
import { requirePermission } from "../permission/require-permission.ts";

/** Adds a tier. Problems: invalid, forbidden; conflict at `name`. */
export async function createRateTier(context: ServerContext, input: RateTier): Promise<RateTier> {
  requirePermission(context, "rate-tier.change");
  const tier = parseInput(rateTierSchema, input);
  return changeConfiguration(context, async (tx) => {
    if (await tx.rateTier.findUnique({ where: { name: tier.name } })) {
      const message = `There is a rate limit named ${tier.name} already.`;
      throw new Problem("conflict", message, [{ path: "name", message }]);
    }
    if ((await tx.rateTier.count()) >= mostRateTiers) {
      throw new Problem("conflict", `There are at most ${mostRateTiers} rate limits. Delete those nobody uses.`);
    }
    await tx.rateTier.create({ data: { ...tier, createdAt: context.now() } });
    await recordAudit(tx, context, { action: "rate-tier.create", ...subjectOf(tier.name), detail: tier });
    return tier;
  });
}

/** Changes what a tier allows, for every API and key that has it, at once. Problems: invalid, forbidden, not-found. */
export async function updateRateTier(context: ServerContext, input: RateTier): Promise<RateTier> {
  requirePermission(context, "rate-tier.change");
  const tier = parseInput(rateTierSchema, input);
  return changeConfiguration(context, async (tx, revision) => {
    const before = await getTier(tx, tier.name);
    const { requests, windowSeconds } = tier;
    await tx.rateTier.update({ where: { name: tier.name }, data: { requests, windowSeconds } });
    await tx.$executeRaw`
      UPDATE api SET change_revision = ${revision} WHERE ${tier.name} IN (runtime->>'rateTier', runtime#>>'{jwt,consumer,rateTier}')
        OR operations @> jsonb_build_array(jsonb_build_object('rateTier', ${tier.name}::text))
        OR id IN (SELECT api_id FROM api_key WHERE rate_tier = ${tier.name})`;
    await recordAudit(tx, context, {
      action: "rate-tier.update",
      ...subjectOf(tier.name),
      detail: { before, after: tier },
    });
    return tier;
  });
}

/** Takes a tier away that nobody has. Problems: forbidden, not-found; conflict while it is in use. */
export async function deleteRateTier(context: ServerContext, name: string): Promise<void> {
  requirePermission(context, "rate-tier.change");
  await changeConfiguration(context, async (tx) => {
    const before = await getTier(tx, name);
    const [inUse] = await tx.$queryRaw<{ apis: number; keys: number }[]>`
      SELECT (SELECT count(*)::int FROM api
        WHERE ${name} IN (runtime->>'rateTier', runtime#>>'{jwt,consumer,rateTier}')
        OR operations @> jsonb_build_array(jsonb_build_object('rateTier', ${name}::text))) AS apis,
        (SELECT count(*)::int FROM api_key WHERE rate_tier = ${name}) AS keys`;
    if (inUse && inUse.apis + inUse.keys > 0) {
      const message = `${name} is in use: by ${inUse.apis} APIs and ${inUse.keys} keys. Give them another rate limit first.`;
      throw new Problem("conflict", message);
    }
    await tx.rateTier.delete({ where: { name } });
    await recordAudit(tx, context, { action: "rate-tier.delete", ...subjectOf(name), detail: before });
  });
}

async function getTier(tx: Transaction, name: string): Promise<RateTier> {
  const select = { name: true, requests: true, windowSeconds: true } as const;
  const tier = isStorable(name) ? await tx.rateTier.findUnique({ where: { name }, select }) : null;
  if (!tier) throw new Problem("not-found", `There is no rate limit named ${name}.`);
  return tier;
}

function subjectOf(name: string) {
  return { subjectId: name, subject: `Rate limit ${name}` };
}
