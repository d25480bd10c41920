import { type Logger, pino } from "pino";

export type Log = {
  log: Logger;
  /** Writes out what is still held; call it before the thread ends. */
  flush: () => void;
};

/** A line may be held back for so long, ms, or until there are so many octets to write at once. */
const holdMs = 100;
const holdBytes = 8 * 1024;

/**
 * JSON lines on standard output, readable ones on a terminal.
 *
 * @param worker number of the thread that writes. It has a line for each request, and collects lines before it writes
 */
export function openLog(options: { level: string; isTerminal: boolean; worker?: number }): Log {
  const { level, isTerminal, worker } = options;
  const settings = { level, base: { process: "gateway", ...(worker === undefined ? {} : { worker }) } };
  if (isTerminal) return { log: pino({ ...settings, transport: { target: "pino-pretty" } }), flush: () => undefined };
  const held = { sync: false, minLength: holdBytes, periodicFlush: holdMs };
  const destination = pino.destination({ dest: 1, ...(worker === undefined ? { sync: true } : held) });
  return { log: pino(settings, destination), flush: () => destination.flushSync() };
}
