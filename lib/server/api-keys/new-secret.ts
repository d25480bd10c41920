import { createHash, randomBytes } from "node:crypto";
import { consumerKeyPrefix } from "../../model/api-key-secret.ts";

/** Characters of a key that are kept to recognise it by: what is left of it cannot be guessed. */
const shownLength = consumerKeyPrefix.length + 6;

/** A consumer's key, and what is stored of it. */
export function newSecret(): { secret: string; hash: string; prefix: string } {
  const secret = consumerKeyPrefix + randomBytes(32).toString("base64url");
  const hash = createHash("sha256").update(secret).digest("hex");
  return { secret, hash, prefix: secret.slice(0, shownLength) };
}
