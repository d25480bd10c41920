import { spawn } from "node:child_process";
import { once } from "node:events";
import { describe, expect, it } from "vitest";
import { parseAccount, readTree, treeOf } from "./process-accounts.ts";

const line = (name: string) =>
  `4711 (${name}) S 42 4711 4711 0 -1 4194560 6519 0 12 0 150 75 900 900 20 0 11 0 1234567 1345000000 25000 18446744073709551615 1 1`;

describe("a line of /proc/PID/stat", () => {
  it.each([["nginx"], ["nginx: worker process"], ["odd) (name)"]])("is read when the process is called %s", (name) => {
    expect(parseAccount(line(name))).toEqual({
      pid: 4_711,
      parentPid: 42,
      cpuMicros: 2_250_000,
      residentBytes: 102_400_000,
    });
  });

  it.each([[""], ["no such file"], ["4711 (cut"]])("is passed by when it is %j", (text) => {
    expect(parseAccount(text)).toBeUndefined();
  });
});

it("counts a process with all its descendants and nobody else", () => {
  const account = (pid: number, parentPid: number) => ({ pid, parentPid, cpuMicros: 1, residentBytes: 1 });
  const accounts = [account(1, 0), account(2, 1), account(3, 2), account(4, 2), account(5, 1), account(6, 3)];
  expect(treeOf(2, accounts).map(({ pid }) => pid)).toEqual([2, 3, 6, 4]);
});

it.runIf(process.platform === "linux")("sees the processor time of a child's child", async () => {
  const script = "i=0; while [ $i -lt 200000 ]; do i=$((i+1)); done; echo done; read -r line";
  const child = spawn("sh", ["-c", `sh -c '${script}'; true`], { stdio: ["pipe", "pipe", "ignore"] });
  try {
    await once(child.stdout, "data");
    expect(readTree(child.pid ?? 0).cpuMicros).toBeGreaterThan(0);
  } finally {
    child.stdin.end("\n");
    await once(child, "exit");
  }
});
