import { createHash } from "node:crypto";

/** What a server asks for, of RFC 7616. */
export type DigestChallenge = {
  realm: string;
  nonce: string;
  opaque: string | undefined;
  algorithm: "MD5" | "SHA-256" | "MD5-sess" | "SHA-256-sess";
  /** Whether it knows `qop=auth`; servers of RFC 2069 do not. */
  hasQop: boolean;
  stale: boolean;
};

/** Strongest first. RFC 7616 3.7. */
const algorithms = ["SHA-256", "SHA-256-sess", "MD5", "MD5-sess"] as const;

/** The strongest Digest challenge in `WWW-Authenticate` fields that can be answered; undefined: there is none. */
export function strongestChallenge(fields: readonly string[]): DigestChallenge | undefined {
  const challenges = fields.flatMap(digestChallenges);
  return algorithms.flatMap((algorithm) => challenges.filter((one) => one.algorithm === algorithm))[0];
}

/**
 * The `Authorization` that answers a challenge. RFC 7616 3.4. Texts are octets here, each as one character, as fields are
 * read and written: what the server said goes back as it came, and names and passwords are UTF-8.
 */
export function digestAuthorization(
  challenge: DigestChallenge,
  login: { username: string; password: string },
  request: { method: string; path: string },
  use: { cnonce: string; count: number },
): string {
  const { realm, nonce, opaque, algorithm, hasQop } = challenge;
  const hash = (text: string) =>
    createHash(algorithm.startsWith("SHA-256") ? "sha256" : "md5")
      .update(text, "latin1")
      .digest("hex");
  const [username, password] = [octets(login.username), octets(login.password)];
  const count = use.count.toString(16).padStart(8, "0");
  const secret = hash(`${username}:${realm}:${password}`);
  const first = algorithm.endsWith("-sess") ? hash(`${secret}:${nonce}:${use.cnonce}`) : secret;
  const second = hash(`${request.method}:${request.path}`);
  const response = hash(
    hasQop ? `${first}:${nonce}:${count}:${use.cnonce}:auth:${second}` : `${first}:${nonce}:${second}`,
  );
  const parts = [
    `username=${quoted(username)}`,
    `realm=${quoted(realm)}`,
    `nonce=${quoted(nonce)}`,
    `uri=${quoted(request.path)}`,
    `algorithm=${algorithm}`,
    `response="${response}"`,
    ...(hasQop ? ["qop=auth", `nc=${count}`, `cnonce=${quoted(use.cnonce)}`] : []),
    ...(opaque === undefined ? [] : [`opaque=${quoted(opaque)}`]),
  ];
  return `Digest ${parts.join(", ")}`;
}

function octets(text: string): string {
  return Buffer.from(text, "utf8").toString("latin1");
}

function quoted(text: string): string {
  return `"${text.replace(/["\\]/g, "\\$&")}"`;
}

const parameter = /([A-Za-z0-9_-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]+))/gy;

/** Every Digest challenge of a field, which may hold challenges of several schemes. RFC 9110 11.6.1. */
function digestChallenges(field: string): DigestChallenge[] {
  const starts = [...field.matchAll(/(?:^|,)\s*Digest\s+/gi)];
  return starts.flatMap((start) => challengeOf(parametersAt(field, start.index + start[0].length)) ?? []);
}

function parametersAt(field: string, from: number): Map<string, string> {
  const found = new Map<string, string>();
  let at = from;
  for (;;) {
    parameter.lastIndex = at;
    const match = parameter.exec(field);
    if (!match) return found;
    const [whole, name = "", inQuotes, bare = ""] = match;
    found.set(name.toLowerCase(), inQuotes === undefined ? bare : inQuotes.replace(/\\(.)/g, "$1"));
    at += whole.length;
    const separator = /^[\s,]*/.exec(field.slice(at));
    at += separator?.[0].length ?? 0;
  }
}

function challengeOf(given: Map<string, string>): DigestChallenge | undefined {
  const [realm, nonce] = [given.get("realm"), given.get("nonce")];
  const named = given.get("algorithm") ?? "MD5";
  const algorithm = algorithms.find((known) => known.toLowerCase() === named.toLowerCase());
  const qop = given.get("qop")?.split(/\s*,\s*/);
  if (realm === undefined || nonce === undefined || !algorithm) return undefined;
  // Digests of bodies (auth-int) are not made: bodies are not read here.
  if (qop && !qop.includes("auth")) return undefined;
  const stale = given.get("stale")?.toLowerCase() === "true";
  return { realm, nonce, opaque: given.get("opaque"), algorithm, hasQop: qop !== undefined, stale };
}
