import type { Logger } from "pino";

/** What a request leaves behind; never its query, in which keys may stand. */
export type AccessLine = {
  requestId: string;
  client: string;
  method: string;
  path: string;
  status: number;
  durationMs: number;
  api: string | undefined;
  keyType: string | undefined;
  /** Id of the endpoint that was tried last. */
  endpoint: string | undefined;
  attempts: number;
  /** Code of the gateway's own answer. */
  code: string | undefined;
};

export type AccessLog = {
  write: (line: AccessLine) => void;
  /** Hands on what is held back. */
  flush: () => void;
};

/** Lines in the form of the log they go to: for terminals and tests. */
export function accessLogIn(log: Logger): AccessLog {
  return { write: (line) => log.info(line, "request"), flush: () => undefined };
}

/** Lines are held back for so long, ms, or until there are so many characters to write at once. */
const holdMs = 100;
const holdLength = 32 * 1024;

/**
 * JSON lines like the log's own, put together by hand and written many at a time: a line for each request is what a
 * logger is not made for.
 *
 * @param write takes whole lines
 * @param base what every line begins with, without the closing brace: `{"level":30,"process":"gateway"`
 * @param wallClock ms since the epoch
 */
export function jsonAccessLog(write: (lines: string) => void, base: string, wallClock: () => number): AccessLog {
  let held = "";
  const flush = () => {
    if (held === "") return;
    const lines = held;
    held = "";
    write(lines);
  };
  const timer = setInterval(flush, holdMs);
  timer.unref();
  return {
    write: (line) => {
      held += `${base},"time":${wallClock()}${jsonFields(line)},"msg":"request"}\n`;
      if (held.length >= holdLength) flush();
    },
    flush,
  };
}

/** As JSON.stringify would say it, without the braces; what is undefined is left out. Each begins with a comma. */
export function jsonFields(line: AccessLine): string {
  const { status, durationMs, attempts } = line;
  return (
    `,"requestId":${quoted(line.requestId)},"client":${quoted(line.client)},"method":${quoted(line.method)}` +
    `,"path":${quoted(line.path)},"status":${status},"durationMs":${durationMs}` +
    optional("api", line.api) +
    optional("keyType", line.keyType) +
    optional("endpoint", line.endpoint) +
    `,"attempts":${attempts}${optional("code", line.code)}`
  );
}

function optional(name: string, value: string | undefined): string {
  return value === undefined ? "" : `,"${name}":${quoted(value)}`;
}

/** Whatever is not plain in JSON: quotes, backslashes, control characters, what is not ASCII. */
const special = /[^ !#-[\]-~]/;

function quoted(text: string): string {
  return special.test(text) ? JSON.stringify(text) : `"${text}"`;
}
