import type { DocumentChange } from "./document-diff.ts";

/** Longer texts are not quoted in a sentence. Characters. */
const longestQuote = 60;

/** What a change means where its subject alone does not say it. */
const meanings: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "API-key security": { on: "API key required", off: "API key no longer required" },
  "JWT security": { on: "JWTs accepted", off: "JWTs no longer accepted" },
  "Default version": { yes: "Now the default version", no: "No longer the default version" },
};

const endpointName = /^(Production|Sandbox) endpoint( \d+)?$/;
const orderName = /^Order of (production|sandbox) endpoints$/;

/** One difference as a sentence: "Session Timeout 120,000 → 60,000 ms", "Production endpoint 2 https://… removed". */
export function changeSentence({ subject, before, after }: DocumentChange): string {
  const meaning = after === undefined ? undefined : meanings[subject]?.[after];
  if (meaning !== undefined) return meaning;
  if (endpointName.test(subject) || subject === "Tag") {
    if (before === undefined) return `${subject} ${after ?? ""} added`;
    if (after === undefined) return `${subject} ${before} removed`;
  }
  const order = orderName.exec(subject)?.[1];
  if (order && before !== undefined && after !== undefined) return orderSentence(order, before, after);
  if (before === undefined) return isQuotable(after) ? `${subject} set to ${quoted(after)}` : `${subject} set`;
  if (after === undefined)
    return isQuotable(before) ? `${subject} ${before} no longer set` : `${subject} no longer set`;
  if (!isQuotable(before) || !isQuotable(after)) return `${subject} changed`;
  return `${subject} ${withoutSharedUnit(before, after)} → ${quoted(after)}`;
}

const isQuotable = (text: string | undefined) =>
  text === undefined || (text.length <= longestQuote && !text.includes("\n"));

const quoted = (text: string | undefined) => (text === undefined || text === "" ? "empty" : text);

/** "120,000" of "120,000 ms" when the other value has the same unit. */
function withoutSharedUnit(before: string, after: string): string {
  const [, number, unit] = /^([\d,.]+) (ms)$/.exec(before) ?? [];
  return number !== undefined && after.endsWith(` ${unit}`) ? number : quoted(before);
}

/** URLs have no blanks, so the comma and blank between them split them again. */
function orderSentence(keyType: string, before: string, after: string): string {
  const old = before.split(", ");
  const now = after.split(", ");
  const moved = now.find((url, index) => {
    const rest = without(now, index);
    return rest.join() === without(old, old.indexOf(url)).join();
  });
  const subject = `Order of ${keyType} endpoints`;
  if (moved === undefined) return `${subject}: now ${after}`;
  const next = now[now.indexOf(moved) + 1];
  return `${subject}: ${moved} moved ${next === undefined ? "to the end" : `before ${next}`}`;
}

function without<Item>(items: readonly Item[], index: number): Item[] {
  return items.filter((_, at) => at !== index);
}
