import { createLocalJWKSet, type JWK } from "jose";
import { z } from "zod";
import { type JwtAlgorithm, jwtAlgorithms } from "../model/jwt-settings.ts";

/** Most keys of a set. Issuers publish two or three; each of them may be tried for a token that names none. */
const mostKeys = 50;

/** Why an issuer's keys cannot be had, in words for people. */
export class KeySetError extends Error {}

/** One public key, as people tell it apart. */
export type KeySummary = {
  kid: string | null;
  /** "RSA 2048", "EC P-256", "OKP Ed25519". */
  kind: string;
  /** What it can verify. Empty: nothing here. */
  algorithms: JwtAlgorithm[];
};

/** The keys of an issuer that can verify tokens. The same object as long as the issuer publishes the same ones. */
export type KeySet = {
  /** By which two sets are found to be the same. */
  readonly text: string;
  readonly find: ReturnType<typeof createLocalJWKSet>;
  readonly keys: readonly KeySummary[];
  /** How many others stand there: for encryption, of unknown kinds, or too short. */
  readonly leftOut: number;
};

const publicKeySchema = z.object({
  kty: z.string(),
  kid: z.string().optional(),
  use: z.string().optional(),
  key_ops: z.array(z.string()).optional(),
  alg: z.string().optional(),
  crv: z.string().optional(),
  n: z.string().optional(),
  e: z.string().optional(),
  x: z.string().optional(),
  y: z.string().optional(),
});
const setSchema = z.object({ keys: z.array(z.unknown()) });

/**
 * Reads a JWK set (RFC 7517 §5). Only what is public is kept of a key. Throws a {@link KeySetError} where there is no key
 * that could verify a token.
 */
export function readKeySet(text: string): KeySet {
  const set = setSchema.safeParse(parseJson(text));
  if (!set.success) throw new KeySetError("the answer is no JWK set: JSON with a list `keys` is expected");
  const given = set.data.keys;
  if (given.length > mostKeys) throw new KeySetError(`the set has ${given.length} keys; at most ${mostKeys} are read`);
  const usable = given.flatMap((key) => {
    const parsed = publicKeySchema.safeParse(key);
    if (!parsed.success) return [];
    const algorithms = algorithmsOf(parsed.data);
    return algorithms.length > 0 ? [{ key: parsed.data, algorithms }] : [];
  });
  if (usable.length === 0)
    throw new KeySetError(`none of the set's ${given.length} keys can verify a token: RSA, EC and Ed25519 keys can`);
  const keys: JWK[] = usable.map(({ key }) => key);
  return {
    text: JSON.stringify(keys),
    find: createLocalJWKSet({ keys }),
    keys: usable.map(({ key, algorithms }) => ({ kid: key.kid ?? null, kind: kindOf(key), algorithms })),
    leftOut: given.length - usable.length,
  };
}

type PublicKey = z.infer<typeof publicKeySchema>;

const curves: Readonly<Record<string, JwtAlgorithm>> = { "P-256": "ES256", "P-384": "ES384", "P-521": "ES512" };
const leastRsaBits = 2_048;

/** What a key can verify: by its type, and by what it says of itself. RFC 7518 §3. */
function algorithmsOf(key: PublicKey): JwtAlgorithm[] {
  if (key.use !== undefined && key.use !== "sig") return [];
  if (key.key_ops !== undefined && !key.key_ops.includes("verify")) return [];
  return byType(key).filter((algorithm) => key.alg === undefined || key.alg === algorithm);
}

function byType({ kty, crv, n, e, x, y }: PublicKey): JwtAlgorithm[] {
  switch (kty) {
    case "RSA":
      if (n === undefined || e === undefined || rsaBits(n) < leastRsaBits) return [];
      return jwtAlgorithms.filter((algorithm) => /^[RP]S/.test(algorithm));
    case "EC": {
      const algorithm = crv === undefined ? undefined : curves[crv];
      return algorithm && x !== undefined && y !== undefined ? [algorithm] : [];
    }
    case "OKP":
      return crv === "Ed25519" && x !== undefined ? ["EdDSA"] : [];
    default:
      // Shared secrets above all: who publishes one lets everybody sign.
      return [];
  }
}

function kindOf({ kty, crv, n = "" }: PublicKey): string {
  return kty === "RSA" ? `RSA ${rsaBits(n)}` : `${kty} ${crv}`;
}

function rsaBits(n: string): number {
  return Buffer.from(n, "base64url").length * 8;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new KeySetError(
      /^\s*</.test(text) ? "the answer is a page of HTML, and no JWK set" : "the answer is no JSON",
    );
  }
}
