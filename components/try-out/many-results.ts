import type { TryOutReply } from "@/lib/model/try-out.ts";
import { answeredBy } from "./endpoint-time.ts";

/** How many requests are sent in a row, and how many at once. */
export const manyCount = 30;
export const manyAtOnce = 3;

/** One of many requests. */
export type OneResult = { turn: number; member: string; status: number; ms: number };

/** What counts of a reply. */
export function oneResult(turn: number, reply: TryOutReply): OneResult {
  if (!reply.ok || reply.value.kind === "unreachable") return { turn, member: "nobody", status: 0, ms: 0 };
  const { status, totalMs, decision } = reply.value;
  return { turn, member: answeredBy(decision) ?? "the gateway", status, ms: totalMs };
}

export type MemberResult = { name: string; count: number; medianMs: number; slowestMs: number; statuses: string };

/** Who answered, most first. */
export function memberResults(results: readonly OneResult[]): MemberResult[] {
  const members = Map.groupBy(results, ({ member }) => member);
  return [...members]
    .map(([name, of]) => {
      const times = of.map(({ ms }) => ms).toSorted((one, other) => one - other);
      const statuses = Map.groupBy(of, ({ status }) => status);
      return {
        name,
        count: of.length,
        medianMs: times[Math.floor(times.length / 2)] ?? 0,
        slowestMs: times.at(-1) ?? 0,
        statuses: [...statuses]
          .map(([status, list]) => `${status === 0 ? "none" : status} × ${list.length}`)
          .join(", "),
      };
    })
    .toSorted((one, other) => other.count - one.count || one.name.localeCompare(other.name));
}
