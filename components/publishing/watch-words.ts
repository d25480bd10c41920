import type { GuardWatch, WatchState } from "@/lib/model/guard.ts";

/** What became of a change that was watched, in a line. */
export function watchTitle({ state, revision, baseRevision, restoredRevision }: GuardWatch): string {
  switch (state) {
    case "watching":
      return `Revision ${revision} is being watched`;
    case "restored":
      return `Revision ${revision} was taken back: revision ${baseRevision} is live again, as revision ${restoredRevision ?? "?"}`;
    case "unrestorable":
      return `Revision ${revision} fails, and revision ${baseRevision} could not be restored`;
    case "passed":
      return `Revision ${revision} has proved itself`;
    case "kept":
      return `Revision ${revision} was kept`;
    case "superseded":
      return `Revision ${revision} was replaced while it was watched`;
  }
}

export const watchStateWords = {
  watching: "Watching",
  restored: "Taken back",
  unrestorable: "Not restorable",
  passed: "Passed",
  kept: "Kept",
  superseded: "Replaced",
} as const satisfies Record<WatchState, string>;

/** How long it is still watched: "Another 4 min 30 s." */
export function remainingWords(remainingMs: number): string {
  const seconds = Math.ceil(remainingMs / 1000);
  if (seconds <= 0) return "Its time is over; the judgement comes within seconds.";
  const minutes = Math.floor(seconds / 60);
  return `Another ${minutes > 0 ? `${minutes} min ` : ""}${seconds % 60} s. If it fails more often or is slower than before beyond the limits, what ran before comes back by itself.`;
}
