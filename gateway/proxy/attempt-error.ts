import type { ErrorCode } from "../../lib/model/error-code.ts";

/** How far an attempt had come when it failed: no connection yet, request on its way, or part of an answer there. */
export type AttemptPhase = "connecting" | "waiting" | "reading";

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
  "EHOSTDOWN",
  "ENETUNREACH",
  "ENETDOWN",
  "EADDRNOTAVAIL",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EAI_FAIL",
  "EACCES",
  "EPERM",
]);

/** This machine has run out of something: no endpoint is to blame, and suspending them all would make it an outage. */
const ourOwnLack = new Set(["EMFILE", "ENFILE", "ENOBUFS", "ENOMEM"]);

/**
 * The code of an attempt that failed, from Node's error and how far the attempt had come. The codes' meaning
 * is in lib/model/error-code.ts.
 */
export function errorCodeOf(error: Error & { code?: unknown; syscall?: unknown }, phase: AttemptPhase): ErrorCode {
  if (error instanceof AttemptError) return error.errorCode;
  const code = typeof error.code === "string" ? error.code : "";
  if (ourOwnLack.has(code)) return 101507;
  if (connectionFailed.has(code)) return 101503;
  if (code === "ETIMEDOUT") return phase === "connecting" ? 101508 : 101504;
  if (code.startsWith("HPE_")) return 101506;
  // What else can go wrong before a connection stands is TLS: certificates, alerts, a server that speaks no TLS.
  if (phase === "connecting") return 101500;
  // Node's "socket hang up" is an ECONNRESET without a system call: the endpoint closed its side in good order.
  if (code === "ECONNRESET" && error.syscall === undefined) return 101505;
  return phase === "reading" ? 101501 : 101500;
}
