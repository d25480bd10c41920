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

/** Lines are held back for so long, ms, or until there is no room for another one. */
const holdMs = 100;
const holdBytes = 64 * 1024;

/**
 * JSON lines like the log's own, put together by hand and written many at a time: a line for each request is what a
 * logger is not made for.
 *
 * @param write takes whole lines
 * @param base what every line begins with, without the closing brace: `{"level":30,"process":"gateway"`
 * @param wallClock ms since the epoch
 */
export function jsonAccessLog(write: (lines: string) => void, base: string, wallClock: () => number): AccessLog {
  // As octets, for a string of many pieces would have to be put together again before it is written.
  const held = Buffer.allocUnsafe(holdBytes);
  let bytes = 0;
  const flush = () => {
    if (bytes === 0) return;
    const lines = held.toString("latin1", 0, bytes);
    bytes = 0;
    write(lines);
  };
  const timer = setInterval(flush, holdMs);
  timer.unref();
  return {
    write: (line) => {
      const text = `${base},"time":${wallClock()}${jsonFields(line)},"msg":"request"}\n`;
      if (bytes + text.length > holdBytes) flush();
      if (text.length > holdBytes) write(text);
      else bytes += held.write(text, bytes, "latin1");
    },
    flush,
  };
}

/** As JSON.stringify would say it, in ASCII and without the braces; what is undefined is left out. Begins with a comma. */
export function jsonFields(line: AccessLine): string {
  const { requestId, client, method, path, status, durationMs, api, keyType, endpoint, attempts, code } = line;
  let text = `,"requestId":${quoted(requestId)},"client":"${client}","method":${quoted(method)},"path":${quoted(path)},"status":${status},"durationMs":${durationMs}`;
  if (api !== undefined) text += `,"api":"${api}"`;
  if (keyType !== undefined) text += `,"keyType":"${keyType}"`;
  if (endpoint !== undefined) text += `,"endpoint":${quoted(endpoint)}`;
  text += `,"attempts":${attempts}`;
  return code === undefined ? text : `${text},"code":"${code}"`;
}

/** Whatever is not plain in JSON: quotes, backslashes, control characters, what is not ASCII. */
const special = /[^ !#-[\]-~]/;
const beyondAscii = /[^\x20-\x7e]/g;

function quoted(text: string): string {
  if (!special.test(text)) return `"${text}"`;
  return JSON.stringify(text).replace(
    beyondAscii,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
