import { type Logger, pino } from "pino";
import { type AccessLog, accessLogIn, jsonAccessLog } from "./access-log.ts";
import { LineWriter } from "./line-writer.ts";

export type Log = {
  log: Logger;
  /** A line for each request. */
  accessLog: AccessLog;
  /** Writes out what is still held; call it before the thread ends. */
  flush: () => void;
};

const standardOutput = 1;

/**
 * JSON lines on standard output, readable ones on a terminal.
 *
 * @param worker number of the thread that writes; it does not wait until a request's line is written
 */
export function openLog(options: { level: string; isTerminal: boolean; worker?: number }): Log {
  const { level, isTerminal, worker } = options;
  const base = { process: "gateway", ...(worker === undefined ? {} : { worker }) };
  if (isTerminal) {
    const log = pino({ level, base, transport: { target: "pino-pretty" } });
    return { log, accessLog: accessLogIn(log), flush: () => undefined };
  }
  const log = pino({ level, base }, pino.destination({ dest: standardOutput, sync: true }));
  const accessLog = log.isLevelEnabled("info") ? openAccessLog(log, base) : noAccessLog;
  return { log, accessLog, flush: accessLog.flush };
}

function openAccessLog(log: Logger, base: object): AccessLog {
  const start = JSON.stringify({ level: log.levels.values.info, ...base }).slice(0, -1);
  return jsonAccessLog(new LineWriter(standardOutput), start, Date.now);
}

const noAccessLog: AccessLog = { write: () => undefined, flush: () => undefined };
