import { type Logger, pino } from "pino";

/** JSON lines on standard output, readable ones on a terminal. `worker` is the number of the thread that writes. */
export function openLog(options: { level: string; isTerminal: boolean; worker?: number }): Logger {
  const { level, isTerminal, worker } = options;
  const settings = { level, base: { process: "gateway", ...(worker === undefined ? {} : { worker }) } };
  return isTerminal ? pino({ ...settings, transport: { target: "pino-pretty" } }) : pino(settings, pino.destination(1));
}
