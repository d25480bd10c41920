/**
 * Forms of the credentials consumers send, so that publisher and gateway agree. Hashing itself needs node:crypto and
 * lives with its users.
 *
 * - Consumer key (`apikey`): `flk_` + 43 base64url characters (32 random bytes). Stored: lower-case hex SHA-256.
 * - Try-out key (`Internal-Key`): `flt_` + base64url(JSON `{apiId, keyType, expiresAtMs}`) + `.` +
 *   base64url(HMAC-SHA-256 over the part between `flt_` and `.`, key: FAIRLEAD_SECRET, prefixed by "try-out:"). Never stored.
 */
export const consumerKeyPrefix = "flk_";
export const tryOutKeyPrefix = "flt_";

/** How long a try-out key is good for, ms. */
export const tryOutKeyValidityMs = 15 * 60_000;
