import { readdirSync, readFileSync } from "node:fs";

/** What the kernel says of one process (`/proc/PID/stat`). */
export type ProcessAccount = {
  pid: number;
  parentPid: number;
  /** Processor time of all its threads, those that have ended included, in user and in kernel mode, µs. */
  cpuMicros: number;
  /** Memory that is resident, bytes. */
  residentBytes: number;
};

/** Of every Linux that Node runs on: the kernel counts for readers in hundredths of a second, and in pages. */
const tickMicros = 10_000;
const pageBytes = 4_096;

/** Reads one line of `/proc/PID/stat`; undefined when it is none. The name in it may have spaces and brackets. */
export function parseAccount(line: string): ProcessAccount | undefined {
  const fields = line.slice(line.lastIndexOf(")") + 2).split(" ");
  const account = {
    pid: Number.parseInt(line, 10),
    parentPid: Number(fields[1]),
    cpuMicros: (Number(fields[11]) + Number(fields[12])) * tickMicros,
    residentBytes: Number(fields[21]) * pageBytes,
  };
  return Object.values(account).some(Number.isNaN) ? undefined : account;
}

/** A process and all its descendants. */
export function treeOf(pid: number, accounts: readonly ProcessAccount[]): ProcessAccount[] {
  const own = accounts.filter((account) => account.pid === pid);
  const children = accounts.filter((account) => account.parentPid === pid);
  return [...own, ...children.flatMap((child) => treeOf(child.pid, accounts))];
}

/** What a process and all its descendants have taken so far. */
export function readTree(pid: number): Pick<ProcessAccount, "cpuMicros" | "residentBytes"> {
  const tree = treeOf(pid, readAccounts());
  return {
    cpuMicros: tree.reduce((sum, { cpuMicros }) => sum + cpuMicros, 0),
    residentBytes: tree.reduce((sum, { residentBytes }) => sum + residentBytes, 0),
  };
}

function readAccounts(): ProcessAccount[] {
  const pids = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  return pids.flatMap((pid) => {
    try {
      return parseAccount(readFileSync(`/proc/${pid}/stat`, "latin1")) ?? [];
    } catch {
      return []; // Has ended meanwhile.
    }
  });
}
