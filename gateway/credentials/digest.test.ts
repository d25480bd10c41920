import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { digestAuthorization, strongestChallenge } from "./digest.ts";

// RFC 7616 3.9.1.
const realm = "http-auth@example.org";
const nonce = "7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v";
const opaque = "FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS";
const login = { username: "Mufasa", password: "Circle of Life" };
const request = { method: "GET", path: "/dir/index.html" };
const use = { cnonce: "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ", count: 1 };
const field = (algorithm: string) =>
  `Digest realm="${realm}", qop="auth, auth-int", algorithm=${algorithm}, nonce="${nonce}", opaque="${opaque}"`;

describe("a digest", () => {
  it.each([
    ["SHA-256", "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1"],
    ["MD5", "8ca523f5e9506fed4657c9700eebdbec"],
  ])("is that of the example of RFC 7616 for %s", (algorithm, response) => {
    const challenge = strongestChallenge([field(algorithm)]);
    if (!challenge) throw new Error("a challenge was expected");
    const value = digestAuthorization(challenge, login, request, use);
    expect(value).toContain(`response="${response}"`);
    expect(value).toContain("qop=auth, nc=00000001, ");
  });

  it("of names in other scripts is over their octets, and fits into a field", () => {
    // As Node reads the octets of a realm in UTF-8.
    const asRead = Buffer.from("Büro").toString("latin1");
    const challenge = strongestChallenge([`Digest realm="${asRead}", nonce="n"`]);
    if (!challenge) throw new Error("a challenge was expected");
    const value = digestAuthorization(challenge, { username: "Жанна", password: "ключ" }, request, use);
    expect(Buffer.from(value, "latin1").toString()).toMatch(/^Digest username="Жанна", realm="Büro", /);
    const md5 = (text: string) => createHash("md5").update(text).digest("hex");
    const response = md5(`${md5("Жанна:Büro:ключ")}:n:${md5("GET:/dir/index.html")}`);
    expect(value).toContain(`response="${response}"`);
  });

  it("answers the strongest of several challenges", () => {
    expect(strongestChallenge([field("MD5"), `Basic realm="x", ${field("SHA-256")}`])?.algorithm).toBe("SHA-256");
  });

  it.each([
    ["Basic", 'Basic realm="x"'],
    ["an unknown algorithm", 'Digest realm="x", nonce="y", algorithm=SHA-512-256'],
    ["bodies only", 'Digest realm="x", nonce="y", qop="auth-int"'],
    ["no nonce", 'Digest realm="x"'],
    ["nonsense", 'Digest ,,,="'],
  ])("is not made for %s", (_, challenge) => {
    expect(strongestChallenge([challenge])).toBeUndefined();
  });
});
