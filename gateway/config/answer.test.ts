import { randomUUID } from "node:crypto";
import { setImmediate as turn } from "node:timers/promises";
import { pino } from "pino";
import { describe, expect, it } from "vitest";
import type { GatewayAsk } from "../../lib/model/gateway-ask.ts";
import { Answerer } from "./answer.ts";

const log = pino({ level: "silent" });
const question = (): GatewayAsk => ({ id: randomUUID(), ask: { kind: "endpoints", apiId: "api-1" } });

describe("Answerer", () => {
  it("answers every question once, with nothing as well", async () => {
    const written: unknown[] = [];
    const answers = ["one", undefined];
    const answerer = new Answerer({
      answer: async () => answers.shift(),
      write: async (askId, document) => void written.push([askId, document]),
      now: () => 0,
      log,
    });
    const asks = [question(), question()];
    for (const ask of asks) answerer.take(ask);
    await expect
      .poll(() => written)
      .toEqual([
        [asks[0]?.id, "one"],
        [asks[1]?.id, undefined],
      ]);
  });

  it("answers two at a time, drops what it cannot answer soon, and goes on after failures", async () => {
    let now = 0;
    let answered = 0;
    const open: (() => void)[] = [];
    const answerer = new Answerer({
      answer: () => new Promise((resolve) => open.push(() => resolve("late"))),
      write: async () => {
        answered += 1;
        if (answered === 1) throw new Error("the database is away");
      },
      now: () => now,
      log,
    });
    for (let count = 0; count < 1_000; count += 1) answerer.take(question());
    expect(open).toHaveLength(2);
    now = 5_000;
    for (const end of open) end();
    await turn();
    expect([open.length, answered]).toEqual([2, 2]);
    answerer.take(question());
    await turn();
    expect(open).toHaveLength(3);
  });
});
