import { isRecord } from "../../model/wso2-value.ts";

const words: Record<string, string> = {
  ECONNREFUSED: "Nothing listens there: the connection was refused. Is the backend running, is the port right?",
  ENOTFOUND: "There is no host of this name.",
  EAI_AGAIN: "The host's name could not be looked up just now: the name server did not answer.",
  ETIMEDOUT: "The connection timed out: a firewall may drop it, or the host is down.",
  EHOSTUNREACH: "The host cannot be reached from the publisher.",
  ENETUNREACH: "The network of this host cannot be reached from the publisher.",
  EADDRNOTAVAIL: "This address cannot be connected to.",
  ECONNRESET: "It closed the connection without an answer. Is it http instead of https, or the reverse?",
  EPIPE: "It closed the connection without an answer.",
  EPROTO: "It does not speak TLS. Is it http:// instead of https://?",
  CERT_HAS_EXPIRED: "Its certificate has expired.",
  CERT_NOT_YET_VALID: "Its certificate is not valid yet.",
  DEPTH_ZERO_SELF_SIGNED_CERT: "Its certificate is self-signed, so nobody can tell whether it is genuine.",
  SELF_SIGNED_CERT_IN_CHAIN: "Its certificate was issued by an authority that is not trusted here.",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "Its certificate cannot be verified: an intermediate certificate may be missing.",
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: "Its certificate was issued by an authority that is not trusted here.",
  ERR_TLS_CERT_ALTNAME_INVALID: "Its certificate is for another host name.",
  HPE_HEADER_OVERFLOW: "Its answer has more headers than are read.",
};

/** Why a connection came to nothing, for people. Node's own messages name addresses, and are not passed on. */
export function connectionErrorInWords(error: unknown, target: URL, deadlineMs: number): string {
  if (isDeadline(error)) return `No answer within ${deadlineMs / 1000} seconds.`;
  const code = codeOf(error);
  const known = words[code];
  if (known) return known;
  if (code.startsWith("HPE_")) return "Its answer is not HTTP.";
  if (code.startsWith("ERR_SSL_")) return "The TLS connection could not be made. Is it http:// instead of https://?";
  return `The connection to ${target.host} failed${code ? ` (${code})` : ""}.`;
}

function isDeadline(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return error.name === "AbortError" || error.name === "TimeoutError";
}

/** The code of an error; of several addresses tried, the first one's. */
function codeOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return codeOf(error.errors[0]);
  return isRecord(error) && typeof error.code === "string" ? error.code : "";
}
