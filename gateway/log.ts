import { type Logger, pino } from "pino";
import { type AccessLog, accessLogIn, jsonAccessLog } from "./access-log.ts";

export type Log = {
  log: Logger;
  /** A line for each request. */
  accessLog: AccessLog;
  /** Writes out what is still held; call it before the thread ends. */
  flush: () => void;
};

/** Octets that may wait while whoever reads standard output does not: then lines are lost, and requests go on. */
const maxWaitingBytes = 16 * 1024 * 1024;

/**
 * JSON lines on standard output, readable ones on a terminal.
 *
 * @param worker number of the thread that writes; it does not wait until a line is written
 */
export function openLog(options: { level: string; isTerminal: boolean; worker?: number }): Log {
  const { level, isTerminal, worker } = options;
  const base = { process: "gateway", ...(worker === undefined ? {} : { worker }) };
  if (isTerminal) {
    const log = pino({ level, base, transport: { target: "pino-pretty" } });
    return { log, accessLog: accessLogIn(log), flush: () => undefined };
  }
  const isWorker = worker !== undefined;
  const destination = pino.destination({ dest: 1, sync: !isWorker, ...(isWorker && { maxLength: maxWaitingBytes }) });
  const log = pino({ level, base }, destination);
  const accessLog = accessLogOf(log, (lines) => destination.write(lines), base);
  const flush = () => {
    accessLog.flush();
    destination.flushSync();
  };
  return { log, accessLog, flush };
}

function accessLogOf(log: Logger, write: (lines: string) => void, base: object): AccessLog {
  if (!log.isLevelEnabled("info")) return { write: () => undefined, flush: () => undefined };
  const start = JSON.stringify({ level: log.levels.values.info, ...base }).slice(0, -1);
  return jsonAccessLog(write, start, Date.now);
}
