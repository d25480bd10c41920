import type { Logger } from "pino";
import type { LineWriter } from "./line-writer.ts";

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

/**
 * JSON lines like the log's own, put together by hand: a line for each request is what a logger is not made for.
 *
 * @param base what every line begins with, without the closing brace: `{"level":30,"process":"gateway"`
 * @param wallClock ms since the epoch
 */
export function jsonAccessLog(writer: LineWriter, base: string, wallClock: () => number): AccessLog {
  return {
    write: (line) => writer.write(`${base},"time":${wallClock()}${jsonFields(line)},"msg":"request"}\n`),
    flush: () => writer.flushSync(),
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
