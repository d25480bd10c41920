import type { ErrorCode } from "../../lib/model/error-code.ts";

/** How far an attempt had come when it failed. */
export type AttemptPhase = "connecting" | "waiting";

/** Errors of our own making carry their code with them. */
export class AttemptError extends Error {
  readonly errorCode: ErrorCode;
  constructor(errorCode: ErrorCode, message: string) {
    super(message);
    this.name = "AttemptError";
    this.errorCode = errorCode;
  }
}

const connectionFailed = new Set([
  "ECONNREFUSED",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "EADDRNOTAVAIL",
  "ENOTFOUND",
  "EAI_AGAIN",
  "ENETDOWN",
  "EHOSTDOWN",
  "EMFILE",
  "EACCES",
]);

/** The code of an attempt that failed, from Node's error and how far it had come. Source: the table of codes. */
export function errorCodeOf(error: Error & { code?: unknown }, phase: AttemptPhase): ErrorCode {
  if (error instanceof AttemptError) return error.errorCode;
  const code = typeof error.code === "string" ? error.code : "";
  if (code === "ETIMEDOUT") return phase === "connecting" ? 101508 : 101504;
  if (connectionFailed.has(code)) return 101503;
  if (code.startsWith("HPE_")) return 101506;
  if (
    code.startsWith("ERR_TLS") ||
    code.startsWith("ERR_SSL") ||
    code.startsWith("CERT_") ||
    /CERT|SELF_SIGNED|EPROTO/.test(code)
  ) {
    return 101500;
  }
  // Node says ECONNRESET both for a reset and, as "socket hang up", for a connection closed before the response.
  if (code === "ECONNRESET") {
    if (phase === "connecting") return 101500;
    return error.message === "socket hang up" ? 101505 : 101500;
  }
  return code === "EPIPE" ? 101500 : 101501;
}
