import { setTimeout as sleep } from "node:timers/promises";
import type { Gateway } from "../gateway.ts";
import { SoakBackend } from "./backend.ts";
import type { Figure } from "./figure.ts";
import { Load, type PhaseCount } from "./load.ts";
import { soakApi, startSoakGateway } from "./soak-gateway.ts";

const requests = 50_000;
const connections = 200;
const outages = 20;
const reloads = 200;
/** How long a member is out, and how long all are ready, at the least, ms. */
const phaseMs = 400;
/** Requests that began before a phase may still end, ms. */
const settleMs = 100;

/**
 * Three members under load, one of which is killed and started again, while the configuration is reloaded again and
 * again: nothing is lost, and every ready member has its share.
 */
export async function measureOutages(signal: AbortSignal): Promise<Figure[]> {
  const backends = await Promise.all(["A", "B", "C"].map((name) => new SoakBackend(name).start()));
  const victim = backends[2];
  if (!victim) throw new Error("three backends were expected");
  const gateway = await startSoakGateway();
  const urls = backends.map(({ url }) => url);
  let revision = 1;
  const reload = async () => {
    revision += 1;
    await gateway.configuration.change({
      revision,
      upserts: [soakApi(urls, revision)],
      removedIds: [],
      refused: [],
    });
  };
  await gateway.configuration.replace({ revision, apis: [soakApi(urls, revision)], refused: [] });
  const load = new Load({ port: gateway.workers.port ?? 0, path: "/soak/1/x", connections });
  const reloading = reloadAgainAndAgain(reload, signal);
  let done = 0;
  try {
    while ((done < outages || load.total < requests || revision <= reloads) && !signal.aborted) {
      await inPhase(load, "allReady", signal);
      if (done < outages) {
        await victim.kill();
        await until(() => stateOf(gateway, 2) === "suspended", signal);
        await inPhase(load, "oneOut", signal);
        await victim.start();
        await until(() => stateOf(gateway, 2) === "active", signal);
        done += 1;
      }
    }
  } finally {
    reloading.stop();
    await load.stop();
    await gateway.close(2_000);
    await Promise.all(backends.map((backend) => backend.kill()));
  }
  const all = load.count("allReady");
  const two = load.count("oneOut");
  return [
    figure("requests", load.total, `≥ ${requests}`, load.total >= requests),
    figure("outages of one member", done, `≥ ${outages}`, done >= outages),
    figure("reloads under load", revision - 1, `≥ ${reloads}`, revision > reloads),
    figure("idempotent requests lost", load.lost, "0", load.lost === 0),
    shareFigure("largest deviation from an exact third", all, 3),
    shareFigure("largest deviation from an exact half, one being out", two, 2),
  ];
}

/** Stays in a phase; what changes before and after it is not counted for it. */
async function inPhase(load: Load, phase: "allReady" | "oneOut", signal: AbortSignal): Promise<void> {
  await sleep(settleMs, undefined, { signal });
  load.enter(phase);
  await sleep(phaseMs, undefined, { signal });
  load.enter("changing");
}

function reloadAgainAndAgain(reload: () => Promise<void>, signal: AbortSignal): { stop: () => void } {
  const stopping = new AbortController();
  const ending = AbortSignal.any([signal, stopping.signal]);
  const run = async () => {
    while (!ending.aborted) {
      await reload();
      await sleep(50, undefined, { signal: ending });
    }
  };
  run().catch(() => undefined);
  return { stop: () => stopping.abort() };
}

async function until(holds: () => boolean, signal: AbortSignal): Promise<void> {
  while (!holds()) await sleep(5, undefined, { signal });
}

function stateOf(gateway: Gateway, member: number): string | undefined {
  return gateway.configuration.groupsOf("soak")?.production?.endpoints[member]?.state.kind;
}

function shareFigure(name: string, { answers }: PhaseCount, members: number): Figure {
  const counts = answers.slice(0, members);
  const total = counts.reduce((sum, count) => sum + count, 0);
  const worst = Math.max(...counts.map((count) => Math.abs((count * members) / total - 1)));
  const measured = `${(worst * 100).toFixed(2)} % of ${total.toLocaleString("en")} requests`;
  return { name, measured, bound: "≤ 1 %", holds: worst <= 0.01 };
}

function figure(name: string, measured: number, bound: string, holds: boolean): Figure {
  return { name, measured: measured.toLocaleString("en"), bound, holds };
}
