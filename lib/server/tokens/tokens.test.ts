import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeCertificate } from "../../../scripts/testing/make-certificate.ts";
import {
  type Issuer,
  type IssuerKey,
  makeKey,
  signToken,
  startIssuer,
  startTlsIssuer,
} from "../../jwt/testing/issuer.ts";
import type { Api } from "../../model/api.ts";
import type { TokenTestRequest } from "../../model/token-check.ts";
import { createApi } from "../apis/create-api.ts";
import { addCertificate } from "../certificates/add-certificate.ts";
import type { ServerContext } from "../context.ts";
import { openTestPublisher, type TestPublisher } from "../testing/publisher.ts";
import { checkKeySet } from "./check-key-set.ts";
import { testToken } from "./test-token.ts";

let publisher: TestPublisher;
let ann: ServerContext;
let api: Api;
let key: IssuerKey;
let issuer: Issuer;

beforeAll(async () => {
  publisher = await openTestPublisher();
  ann = await publisher.person("Ann");
  const endpointUrl = "http://a.example";
  api = await createApi(ann, { name: "Orders", context: "/orders", version: "1", endpointUrl, publish: false });
  key = await makeKey("first");
  issuer = await startIssuer();
});
afterAll(async () => {
  await issuer?.stop();
  await publisher?.close();
});

describe("a check of an issuer's keys", () => {
  it("says which keys there are, and how many are of no use", async () => {
    const rsa = await makeKey("second", "RS256");
    issuer.publish(key.publicKey, { ...rsa.publicKey, alg: undefined }, { kty: "oct", k: "AAAA" });
    expect(await checkKeySet(ann, { apiId: api.id, jwksUrl: issuer.settings.jwksUrl })).toEqual({
      keys: [
        { kid: "first", kind: "EC P-256", algorithms: ["ES256"] },
        { kid: "second", kind: "RSA 2048", algorithms: ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512"] },
      ],
      leftOut: 1,
      error: null,
    });
  });

  it("says why there are none", async () => {
    issuer.behave((_request, response) => response.end("<html>Sign in"));
    const { error } = await checkKeySet(ann, { apiId: api.id, jwksUrl: issuer.settings.jwksUrl });
    expect(error).toBe("the answer is a page of HTML, and no JWK set");
  });

  it("believes a host whose authority the API trusts", async () => {
    const authority = await makeCertificate({ name: "Authority", isAuthority: true });
    const secure = await startTlsIssuer(await makeCertificate({ name: "localhost", issuer: authority }), key.publicKey);
    const request = { apiId: api.id, jwksUrl: secure.settings.jwksUrl };
    expect((await checkKeySet(ann, request)).error).toMatch(/SELF_SIGNED|UNABLE_TO/);
    const certificate = { kind: "trusted", alias: "login", host: "localhost", certificate: authority.cert } as const;
    await addCertificate(ann, api.id, certificate);
    expect((await checkKeySet(ann, request)).keys).toHaveLength(1);
    await secure.stop();
  });

  it.each([
    ["a link-local address", "http://169.254.169.254/latest", "Link-local addresses are not asked"],
    ["the same as IPv6", "http://[::ffff:169.254.169.254]/", "Link-local addresses are not asked"],
    ["a file", "file:///etc/passwd", "Enter an http or https URL"],
  ])("is not made of %s", async (_what, jwksUrl, message) => {
    const items = [{ path: "jwksUrl", message: expect.stringContaining(message) }];
    await expect(checkKeySet(ann, { apiId: api.id, jwksUrl })).rejects.toMatchObject({ kind: "invalid", items });
  });

  it("is made for an API that there is", async () => {
    const apiId = "00000000-0000-4000-8000-000000000000";
    const { jwksUrl } = issuer.settings;
    await expect(checkKeySet(ann, { apiId, jwksUrl })).rejects.toMatchObject({ kind: "not-found" });
  });
});

describe("a test of a token", () => {
  const test = async (token: string, settings: Partial<TokenTestRequest["settings"]> = {}) => {
    issuer.publish(key.publicKey);
    return testToken(ann, { apiId: api.id, settings: { ...issuer.settings, ...settings }, token });
  };
  const nowMs = () => ann.now().getTime();

  it("says where it leads, for whom, and until when", async () => {
    const rules = { sandbox: { claim: "env", values: ["test"] }, consumer: { claim: "azp" } };
    const exp = Math.floor(nowMs() / 1_000) + 60;
    const token = await signToken(key, { env: "test", azp: "app", exp }, {}, nowMs());
    expect(await test(`Authorization: Bearer ${token}\n`, rules)).toEqual({
      ...{ kind: "accepted", keyType: "sandbox", consumer: "app" },
      expiresAt: new Date((exp + 30) * 1_000),
    });
  });

  it.each<[string, object, object, string, { has: string; expected: string } | null]>([
    ["expired", { exp: 180 }, {}, "it expired 3 min ago", null],
    [
      "of another issuer",
      { iss: "x" },
      {},
      "it was issued by somebody else",
      { has: "x", expected: "https://issuer.example" },
    ],
    ["for others", { aud: ["a", "b"] }, {}, "it was issued for others", { has: '["a","b"]', expected: "shop" }],
    [
      "without the scope",
      {},
      { scopes: ["read"] },
      "it does not have the scopes that the API asks for",
      { has: "nothing", expected: "read" },
    ],
    [
      "that names no consumer",
      {},
      { consumer: { claim: "azp" } },
      "it does not name the consumer",
      { has: "iss, aud, sub, iat, exp", expected: "azp" },
    ],
  ])("that is %s says why it is refused", async (_what, claims, settings, words, difference) => {
    const ago = "exp" in claims ? { exp: Math.floor(nowMs() / 1_000) - Number(claims.exp) } : {};
    const token = await signToken(key, { ...claims, ...ago }, {}, nowMs());
    expect(await test(token, settings)).toEqual({ kind: "refused", words, difference });
  });

  it("that names an unknown key says which one", async () => {
    const result = await test(await signToken(key, {}, { kid: "gone" }, nowMs()));
    expect(result).toMatchObject({ difference: { has: "gone", expected: "a key that the issuer publishes" } });
  });

  it("needs no issuer that answers to say something", async () => {
    issuer.behave((_request, response) => response.writeHead(500).end());
    const result = await testToken(ann, { apiId: api.id, settings: issuer.settings, token: "x.y.z" });
    expect(result).toMatchObject({ words: "the keys of its issuer could not be had: the server answered 500" });
  });

  it("is for those who may change something, as the check of keys is", async () => {
    const viewer = await publisher.person("Vic", "viewer");
    const { settings } = issuer;
    const forbidden = { kind: "forbidden" };
    await expect(testToken(viewer, { apiId: api.id, settings, token: "x" })).rejects.toMatchObject(forbidden);
    await expect(checkKeySet(viewer, { apiId: api.id, jwksUrl: "no URL" })).rejects.toMatchObject(forbidden);
  });

  it("leaves nothing behind", async () => {
    const before = await publisher.db.auditEvent.count();
    await test(await signToken(key, {}, {}, nowMs()));
    expect(await publisher.db.auditEvent.count()).toBe(before);
  });
});
