import type { LiveEndReason } from "@/lib/model/api-live.ts";
import type { MemberState } from "./member-live.ts";

/** How a state is called, and which colour and shape go with it. */
export const stateWords = {
  ready: { word: "Ready", tone: "good" },
  warming: { word: "Warming up", tone: "good" },
  timeout: { word: "Timeout", tone: "warning" },
  draining: { word: "Draining", tone: "warning" },
  suspended: { word: "Suspended", tone: "bad" },
  down: { word: "Down", tone: "bad" },
  off: { word: "Off", tone: "off" },
} as const satisfies Record<MemberState, { word: string; tone: "good" | "warning" | "bad" | "off" }>;

/** What a state means, for whoever has not read the manual. */
export const stateMeanings = {
  ready: "Takes calls.",
  warming: "Takes less than its share until it has warmed up.",
  timeout: "It was too slow; it may be tried again soon.",
  draining: "Sessions that it has go on; nothing new goes there.",
  suspended: "It failed; nothing goes there until the next try.",
  down: "Health checks found it down; it is passed by.",
  off: "Switched off; nothing goes there.",
} as const satisfies Record<MemberState, string>;

/** Why a stream is over. */
export const endWords = {
  session: "Your session has ended. Sign in again to see how the endpoints are.",
  access: "This API is no longer yours to see.",
  deleted: "This API has been deleted.",
  stopping: "The publisher is restarting. Trying again…",
  slow: "The connection was too slow. Trying again…",
} as const satisfies Record<LiveEndReason, string>;

/** The time that is left, in whole seconds begun: "12 s", "1 min 5 s", "2 h 3 min". */
export function remainingWords(remainingMs: number): string {
  const seconds = Math.max(0, Math.ceil(remainingMs / 1_000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${seconds % 60} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** "101503 Connection failed". */
export function errorWords(error: { code: string; message: string }): string {
  return `${error.code} ${error.message}`;
}

/** "1 call", "1,204 calls". */
export function callsInWords(count: number): string {
  return `${count.toLocaleString("en-US")} ${count === 1 ? "call" : "calls"}`;
}
