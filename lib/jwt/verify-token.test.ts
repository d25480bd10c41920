import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { jwtSettingsSchema } from "../model/jwt-settings.ts";
import { type KeySet, KeySetError, readKeySet } from "./key-set.ts";
import { type IssuerKey, makeKey, signToken } from "./testing/issuer.ts";
import { verifyToken } from "./verify-token.ts";

const settings = jwtSettingsSchema.parse({
  issuer: "https://issuer.example",
  audiences: ["shop"],
  jwksUrl: "https://issuer.example/jwks",
});
const setOf = (...keys: object[]) => readKeySet(JSON.stringify({ keys }));

let key: IssuerKey;
let other: IssuerKey;
let keys: KeySet;

beforeAll(async () => {
  [key, other] = await Promise.all([makeKey("one"), makeKey("two")]);
  keys = setOf(key.publicKey);
});

describe("whatever comes as a token", () => {
  it("is refused with a reason, and nothing fails", async () => {
    const parts = fc.array(fc.oneof(fc.base64String(), fc.json().map(base64)), { maxLength: 6 });
    const tokens = fc.oneof(
      fc.string(),
      parts.map((all) => all.join(".")),
    );
    await fc.assert(
      fc.asyncProperty(tokens, async (token) => {
        expect((await verifyToken(token, settings, keys, Date.now())).kind).toBe("refused");
      }),
    );
  });

  it("is refused when one octet of its header, claims or signature was changed", async () => {
    const token = await signToken(key);
    const parts = token.split(".").map((part) => Buffer.from(part, "base64url"));
    await fc.assert(
      fc.asyncProperty(fc.nat(2), fc.nat(10_000), fc.integer({ min: 1, max: 255 }), async (at, place, change) => {
        const changed = parts.map((part) => Buffer.from(part));
        const part = changed[at] ?? Buffer.alloc(0);
        part[place % part.length] = (part[place % part.length] ?? 0) ^ change;
        const forged = changed.map((each) => each.toString("base64url")).join(".");
        expect((await verifyToken(forged, settings, keys, Date.now())).kind).toBe("refused");
      }),
    );
  });
});

describe("a token that names no key", () => {
  it("is checked with each that fits, and refused where none of them signed it", async () => {
    const stranger = await makeKey("three");
    const both = setOf(key.publicKey, other.publicKey);
    const unnamed = (by: IssuerKey) => signToken(by, {}, { kid: undefined });
    const verdicts = [];
    for (const by of [key, other, stranger])
      verdicts.push(await verifyToken(await unnamed(by), settings, both, Date.now()));
    expect(verdicts.map(({ kind }) => kind)).toEqual(["accepted", "accepted", "refused"]);
    expect(verdicts[2]).toMatchObject({ refusal: { reason: "unknown-key" } });
  });

  it("is no way around the claims", async () => {
    const both = setOf(key.publicKey, other.publicKey);
    const token = await signToken(other, { aud: "others" }, { kid: undefined });
    expect(await verifyToken(token, settings, both, Date.now())).toMatchObject({ refusal: { reason: "audience" } });
  });
});

describe("a JWK set", () => {
  it("of any content is read or refused in words, and nothing else fails", () => {
    const member = fc.oneof(fc.jsonValue(), fc.record({ kty: fc.constantFrom("RSA", "EC", "OKP"), n: fc.string() }));
    const texts = fc.oneof(
      fc.string(),
      fc.json(),
      fc.record({ keys: fc.array(member) }).map((set) => JSON.stringify(set)),
    );
    fc.assert(
      fc.property(texts, (text) => {
        try {
          readKeySet(text);
        } catch (error) {
          expect(error).toBeInstanceOf(KeySetError);
        }
      }),
    );
  });

  it("keeps nothing of a private key", async () => {
    const { text } = setOf({ ...key.publicKey, d: "secret", k: "secret", oth: ["secret"] });
    expect(text).not.toContain("secret");
  });

  it.each([
    ["a key for encryption", { use: "enc" }],
    ["a key that may not verify", { key_ops: ["sign"] }],
    ["a key whose algorithm is another type's", { alg: "RS256" }],
    ["a curve that nobody chose", { crv: "secp256k1" }],
  ])("does not take %s", (_what, more) => {
    expect(() => setOf({ ...key.publicKey, ...more })).toThrow(/none of the set's 1 keys/);
  });
});

function base64(text: string): string {
  return Buffer.from(text).toString("base64url");
}
