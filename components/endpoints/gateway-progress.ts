import type { LifecycleState } from "@/lib/model/lifecycle.ts";

/** What one gateway makes of the API, as far as the words below need it. */
type GatewayView = { host: string; live: boolean; gone: boolean; refusedReason?: string };

/** How far a save has come on its way to the gateways. */
export type GatewayProgress =
  | { kind: "waiting" }
  | { kind: "live"; gateways: number; elapsedMs: number }
  | { kind: "behind"; live: number; gateways: number; behind: readonly { host: string; reason: string }[] }
  | { kind: "no-gateway" }
  | { kind: "not-routed"; state: LifecycleState }
  | { kind: "unknown" };

/** How long a save is watched, ms. */
export const watchedForMs = 10_000;

/** What the gateways' reports mean `elapsedMs` after the save. Gateways that have stopped reporting do not count. */
export function gatewayProgress(gateways: readonly GatewayView[], elapsedMs: number): GatewayProgress {
  const present = gateways.filter((gateway) => !gateway.gone);
  if (present.length === 0) return { kind: "no-gateway" };
  const behind = present.filter((gateway) => !gateway.live);
  if (behind.length === 0) return { kind: "live", gateways: present.length, elapsedMs };
  const isSettled = behind.every((gateway) => gateway.refusedReason !== undefined);
  if (!isSettled && elapsedMs < watchedForMs) return { kind: "waiting" };
  return {
    kind: "behind",
    live: present.length - behind.length,
    gateways: present.length,
    behind: behind.map(({ host, refusedReason }) => ({
      host,
      reason: refusedReason ?? `has not taken it within ${watchedForMs / 1_000} seconds`,
    })),
  };
}

/** The progress in a sentence. */
export function gatewayProgressText(progress: GatewayProgress): string {
  switch (progress.kind) {
    case "waiting":
      return "Saved. Waiting for the gateways…";
    case "live":
      return `Live on ${progress.gateways} of ${counted(progress.gateways)} after ${seconds(progress.elapsedMs)} s`;
    case "behind": {
      const laggards = progress.behind.map(({ host, reason }) => `${host}: ${reason}`).join("; ");
      return `Saved. Live on ${progress.live} of ${counted(progress.gateways)}. ${laggards}.`;
    }
    case "no-gateway":
      return "Saved. No gateway is connected: it goes live as soon as one is.";
    case "not-routed":
      return `Saved. The API is ${progress.state}, so it goes live when it is published.`;
    case "unknown":
      return "Saved. What the gateways make of it could not be asked; Environments tells.";
  }
}

const counted = (gateways: number) => `${gateways} ${gateways === 1 ? "gateway" : "gateways"}`;
const seconds = (ms: number) =>
  (ms / 1_000).toLocaleString("en-US", { minimumFractionDigits: 2, maximumFractionDigits: 2 });
