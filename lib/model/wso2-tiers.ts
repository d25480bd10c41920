import type { KeyType, Tier } from "./endpoint-config.ts";
import { isTierNumber, type ReadContext, readEndpoint } from "./wso2-endpoint.ts";
import { isRecord } from "./wso2-value.ts";

/**
 * Tiers in WSO2's form. WSO2 has none: it gets a failover group of all endpoints in order, each with the number of its
 * tier, from 1, under a key of our own. So WSO2 tries them in the same order, and our own import finds the tiers again.
 */

/** Adds the number of its tier, which counts from 0 here, to a written endpoint. */
export function writeTier(tier: number, written: Record<string, unknown>): Record<string, unknown> {
  return { ...written, tier: tier + 1 };
}

/** Whether an endpoint in one of these values, a list or one endpoint each, says in which tier it stands. */
export function holdsTiers(values: readonly unknown[]): boolean {
  return values.flat().some((value) => isRecord(value) && isTierNumber(value.tier));
}

/**
 * Reads the endpoints of one key type into candidates for the model's tiers; undefined when there is none. An endpoint
 * without a number, one that was added in WSO2 for example, stands with the one before it.
 */
export function readTiers(
  list: readonly { value: unknown; path: string }[],
  keyType: KeyType,
  context: ReadContext,
): { id: string; members: unknown[] }[] | undefined {
  const tiers: { number: number | undefined; members: unknown[]; memberIds: string[] }[] = [];
  for (const { value, path } of list) {
    const last = tiers.at(-1);
    const number = isRecord(value) && isTierNumber(value.tier) ? value.tier : last?.number;
    if (last?.number !== undefined && number !== undefined && number < last.number) {
      const message = "Endpoints stand in the order of their tiers: this number is lower than the one before it.";
      context.issues.push({ path: `${path}.tier`, message });
    }
    const tier = last && last.number === number ? last : { number, members: [], memberIds: [] };
    if (tier !== last) tiers.push(tier);
    const place = `${keyType}.${tiers.length - 1}`;
    if (tier !== last) context.sourcePaths.set(place, path);
    const member = readEndpoint(value, path, keyType, `${place}.members.${tier.members.length}`, context);
    tier.members.push(member);
    if (member) tier.memberIds.push(member.id);
  }
  if (tiers.length === 0) return undefined;
  const stored = context.previous?.kind === "tiered" ? (context.previous[keyType] ?? []) : [];
  const taken = new Set<string>();
  return tiers.map(({ members, memberIds }) => ({ id: tierId(memberIds, stored, taken, context), members }));
}

/** A tier keeps the id under which one of its endpoints was stored. */
function tierId(memberIds: readonly string[], stored: readonly Tier[], taken: Set<string>, context: ReadContext) {
  const same = stored.find(({ id, members }) => !taken.has(id) && members.some((one) => memberIds.includes(one.id)));
  const id = same?.id ?? context.newId();
  taken.add(id);
  return id;
}
