import { createHash, createHmac } from "node:crypto";
import { CompactEncrypt, exportSPKI, importJWK } from "jose";
import { afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import {
  type Issuer,
  type IssuerKey,
  makeKey,
  signText,
  signToken,
  startIssuer,
  startTlsIssuer,
} from "../../lib/jwt/testing/issuer.ts";
import type { JwtSettings } from "../../lib/model/jwt-settings.ts";
import type { SnapshotApi } from "../../lib/model/snapshot.ts";
import { makeCertificate } from "../../scripts/testing/make-certificate.ts";
import { apiWith } from "../testing/api-with.ts";
import { type Answer, type CallOptions, call, codeOf, sendRaw } from "../testing/call.ts";
import { startGateway, type TestGateway } from "../testing/start-gateway.ts";
import { type StubBackend, startBackend } from "../testing/stub-backend.ts";

let key: IssuerKey;
let rsa: IssuerKey;
let other: IssuerKey;

beforeAll(async () => {
  [key, rsa, other] = await Promise.all([makeKey("one"), makeKey("rsa", "RS256"), makeKey("two")]);
});

describe.each([
  ["on the wire", true],
  ["by Node's server", false],
])("tokens %s", (_path, wire) => {
  let gateway: TestGateway;
  let issuer: Issuer;
  let production: StubBackend;
  let sandbox: StubBackend;
  let ahead = 0;

  beforeEach(async () => {
    ahead = 0;
    [gateway, issuer, production, sandbox] = await Promise.all([
      startGateway({ wire, now: () => performance.now() + ahead, wallClock: () => Date.now() + ahead }),
      startIssuer(key.publicKey, rsa.publicKey),
      startBackend("production"),
      startBackend("sandbox"),
    ]);
  });
  afterEach(async () => {
    await gateway.close();
    await Promise.all([issuer.stop(), production.stop(), sandbox.stop()]);
  });

  const serve = (jwt: Partial<JwtSettings> = {}, more: Partial<SnapshotApi> = {}) =>
    gateway.serve({
      ...apiWith({
        kind: "single",
        production: [production.url],
        sandbox: [sandbox.url],
        runtime: { jwt: { ...issuer.settings, ...jwt } },
      }),
      ...more,
    });
  const bearer = (token: string) => ({ Authorization: `Bearer ${token}` });
  const callWith = async (token: string, options: CallOptions = {}) =>
    call(gateway.port, { headers: bearer(token), ...options });
  const recordOf = async (answer: Answer) =>
    gateway.gateway.workers.findDecision(String(answer.headers["x-request-id"]), "api-1");

  it("let their bearer in, whatever allowed key signed them", async () => {
    await serve();
    const answers = await Promise.all([callWith(await signToken(key)), callWith(await signToken(rsa))]);
    expect(answers.map(({ status, text }) => [status, text])).toEqual([
      [200, "production"],
      [200, "production"],
    ]);
    expect(issuer.asked).toBe(1);
  });

  it("are checked once: keys and signature are not looked at again", async () => {
    await serve();
    const token = await signToken(key);
    for (let turn = 0; turn < 5; turn += 1) expect((await callWith(token)).status).toBe(200);
    expect(issuer.asked).toBe(1);
    ahead = 3_631_000;
    expect(codeOf(await callWith(token))).toBe("900901");
  });

  it("are none of the endpoint's business, unless the API forwards them", async () => {
    await serve();
    const token = await signToken(key);
    await callWith(token);
    await serve({ forwardToken: true });
    await callWith(token);
    expect(production.requests.map(({ headers }) => headers.authorization)).toEqual([undefined, `Bearer ${token}`]);
  });

  it.each<[string, object, string]>([
    ["a claim with the value", { env: "test" }, "sandbox"],
    ["a claim with a list that has the value", { env: ["a", "dev"] }, "sandbox"],
    ["another value", { env: "live" }, "production"],
    ["no claim", {}, "production"],
  ])("of %s lead where the API says", async (_what, claims, expected) => {
    await serve({ sandbox: { claim: "env", values: ["test", "dev"] } });
    expect((await callWith(await signToken(key, { ...claims }))).text).toBe(expected);
  });

  it("have to have all scopes, and are told which ones", async () => {
    await serve({ scopes: ["read", "write"] });
    const answers = [];
    for (const claims of [{ scope: "write x read" }, { scp: ["read", "write"] }, { scope: "read" }, { scope: 7 }])
      answers.push(await callWith(await signToken(key, claims)));
    expect(answers.map((answer) => [answer.status, codeOf(answer)])).toEqual([
      ...[
        [200, undefined],
        [200, undefined],
        [403, "900910"],
      ],
      [403, "900910"],
    ]);
    expect(answers[2]?.headers["www-authenticate"]).toMatch(/error="insufficient_scope".*scope="read write"/);
  });

  const b64 = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const claims = () => ({ iss: "https://issuer.example", aud: "shop", exp: Math.floor(Date.now() / 1_000) + 600 });
  /** Signed with a text that everybody knows as if it were a secret. */
  const hmac = (secret: string, kid: string) => {
    const input = `${b64({ alg: "HS256", kid, typ: "JWT" })}.${b64(claims())}`;
    return `${input}.${createHmac("sha256", secret).update(input).digest("base64url")}`;
  };
  const inS = (seconds: number) => Math.floor(Date.now() / 1_000) + seconds;

  const attacks: [what: string, token: () => string | Promise<string>, reason: string][] = [
    ["alg none", () => `${b64({ alg: "none" })}.${b64(claims())}.`, "algorithm"],
    ["alg None with a signature", () => `${b64({ alg: "None", kid: "one" })}.${b64(claims())}.AAAA`, "algorithm"],
    ["HS256 with the public key as the secret", () => hmac(JSON.stringify(rsa.publicKey), "rsa"), "algorithm"],
    [
      "HS256 with the public key's PEM as the secret",
      async () => {
        const imported = await importJWK(rsa.publicKey, "RS256", { extractable: true });
        return imported instanceof Uint8Array ? "" : hmac(await exportSPKI(imported), "rsa");
      },
      "algorithm",
    ],
    ["a key of another type than the algorithm", () => signToken(key, {}, { kid: "rsa" }), "unknown-key"],
    ["somebody else's key under a known name", () => signToken({ ...other, kid: "one" }), "signature"],
    ["a changed claim", async () => changed(await signToken(key)), "signature"],
    ["no signature", async () => `${(await signToken(key)).split(".").slice(0, 2).join(".")}.`, "signature"],
    ["another issuer", () => signToken(key, { iss: "https://issuer.example/" }), "issuer"],
    ["no issuer", () => signToken(key, { iss: undefined }), "issuer"],
    ["another audience", () => signToken(key, { aud: ["Shop", "shop2"] }), "audience"],
    ["no audience", () => signToken(key, { aud: undefined }), "audience"],
    ["an expiry long ago", () => signToken(key, { exp: inS(-180) }), "expired"],
    ["an expiry just beyond the tolerance", () => signToken(key, { exp: inS(-31) }), "expired"],
    ["a beginning in the future", () => signToken(key, { nbf: inS(300) }), "not-yet-valid"],
    ["a beginning in the far future", () => signToken(key, { nbf: 1e15 }), "not-yet-valid"],
    ["no expiry", () => signToken(key, { exp: undefined }), "no-expiry"],
    ["an expiry that is a text", () => signText(key, JSON.stringify({ ...claims(), exp: "2099" })), "claims"],
    ["claims that are a list", () => signText(key, "[1]"), "not-a-jwt"],
    ["claims that are no JSON", () => signText(key, "{"), "not-a-jwt"],
    ["a demand that nobody knows", () => signToken(key, {}, { crit: ["x-any"], "x-any": 1 }), "critical-header"],
    [
      "its own key in the header",
      () => signToken({ ...other, kid: "none" }, {}, { jwk: other.publicKey }),
      "unknown-key",
    ],
    [
      "an address of keys in the header",
      () => signToken({ ...other, kid: "none" }, {}, { jku: `${production.url}/jwks`, x5u: `${production.url}/x5u` }),
      "unknown-key",
    ],
    ["a kid that climbs up", () => signToken(other, {}, { kid: "../../../../dev/null" }), "unknown-key"],
    ["a kid that would be SQL", () => signToken(other, {}, { kid: "' OR 1=1 --" }), "unknown-key"],
    ["8,193 characters and more", () => signToken(key, { text: "x".repeat(8_000) }), "too-long"],
    ["encrypted claims", () => encrypted(), "encrypted"],
    ["a key of ours", () => "flk_0123456789abcdef0123456789abcdef", "api-key"],
    ["nothing", () => "", "not-a-jwt"],
    ["dots", () => "..", "not-a-jwt"],
    ["two tokens in one field", async () => `${await signToken(key)}, Bearer x`, "several"],
  ];

  async function encrypted(): Promise<string> {
    const publicKey = await importJWK(key.publicKey, "ECDH-ES");
    return new CompactEncrypt(new TextEncoder().encode(JSON.stringify(claims())))
      .setProtectedHeader({ alg: "ECDH-ES", enc: "A256GCM" })
      .encrypt(publicKey);
  }

  function changed(token: string): string {
    const [header, payload = "", signature] = token.split(".");
    const parsed = JSON.parse(Buffer.from(payload, "base64url").toString());
    return [header, b64({ ...parsed, sub: "root" }), signature].join(".");
  }

  it.each(attacks)("with %s let nobody in", async (_what, make, reason) => {
    await serve();
    const token = await make();
    const answer = await callWith(token);
    expect([answer.status, codeOf(answer), production.requests.length]).toEqual([401, "900901", 0]);
    const challenge = String(answer.headers["www-authenticate"]);
    expect(challenge).toMatch(/^Bearer error="invalid_token", error_description="[^"]+"$/);
    expect(answer.text + challenge).not.toMatch(/issuer\.example|shop|jwks/);
    const record = await recordOf(answer);
    expect([record?.token?.reason, record?.refusal, record?.key]).toEqual([
      ...[reason, "token-refused"],
      { given: "token", type: null },
    ]);
    if (token.length > 10) expect(JSON.stringify([record, gateway.logged])).not.toContain(token.slice(0, 60));
  });

  it("say how long ago they expired", async () => {
    await serve();
    const record = await recordOf(await callWith(await signToken(key, { exp: inS(-180) })));
    expect(record?.token?.offByMs).toBeGreaterThan(179_000);
    expect(record?.token?.offByMs).toBeLessThan(190_000);
  });

  it("with a claim twice are read as JSON is: the last one counts", async () => {
    await serve();
    const { iss, exp } = claims();
    const text = (first: string, last: string) => `{"iss":"${iss}","exp":${exp},"aud":"${first}","aud":"${last}"}`;
    const [good, bad] = [await signText(key, text("others", "shop")), await signText(key, text("shop", "others"))];
    expect([(await callWith(good)).status, (await callWith(bad)).status]).toEqual([200, 401]);
  });

  it("that expire in eight thousand years are the issuer's own affair", async () => {
    await serve();
    expect((await callWith(await signToken(key, { exp: 253_402_300_799 }))).status).toBe(200);
  });

  it.each<[string, (token: string) => CallOptions, number, string]>([
    ["no field at all", () => ({}), 401, "900902"],
    ["the query", (token) => ({ path: `/shop/1.0.0/items?access_token=${token}` }), 401, "900902"],
    ["the header of keys", (token) => ({ headers: { apikey: token } }), 401, "900902"],
    ["another scheme", (token) => ({ headers: { Authorization: `Basic ${token}` } }), 401, "900902"],
    ["no scheme", (token) => ({ headers: { Authorization: token } }), 401, "900902"],
    [
      "two fields",
      (token) => ({ headers: ["Host", "h", "Authorization", `Bearer ${token}`, "Authorization", "Bearer x"] }),
      ...([401, "900901"] as const),
    ],
  ])("in %s let nobody in", async (_where, options, status, code) => {
    await serve();
    const answer = await call(gateway.port, options(await signToken(key)));
    expect([answer.status, codeOf(answer), production.requests.length]).toEqual([status, code, 0]);
    expect(answer.headers["www-authenticate"]).toMatch(/^Bearer/);
  });

  it("are not needed by operations that are open, and choose the endpoints all the same", async () => {
    const operations = [{ method: "GET" as const, path: "/items", secured: false }];
    await serve({ sandbox: { claim: "env", values: ["test"] } }, { operations });
    const answers = [
      await call(gateway.port),
      await callWith("nonsense"),
      await callWith(await signToken(key, { env: "test" })),
      await call(gateway.port, { path: "/shop/1.0.0/other" }),
    ];
    expect(answers.map(({ status, text }) => (status === 200 ? text : status))).toEqual([
      ...["production", "production", "sandbox", 401],
    ]);
  });

  it("let upgrades through as they do requests", async () => {
    await serve();
    const head = "GET /shop/1.0.0/live HTTP/1.1\r\nHost: h\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n";
    const refused = await sendRaw(gateway.port, `${head}\r\n`);
    expect(refused.text).toMatch(/^HTTP\/1.1 401 /);
    const asked = `${head}Authorization: Bearer ${await signToken(key)}\r\nSec-WebSocket-Version: 13\r\n\r\n`;
    // The backend speaks no WebSocket: its own answer comes through.
    expect((await sendRaw(gateway.port, asked)).text).toMatch(/^HTTP\/1.1 200 [\s\S]*production$/);
    expect(production.requests.map(({ headers }) => headers.authorization)).toEqual([undefined]);
  });

  describe("beside keys", () => {
    const secret = "flk_0123456789abcdef0123456789abcdef";
    const keys = [
      {
        id: "k",
        hash: createHash("sha256").update(secret).digest("hex"),
        keyType: "sandbox" as const,
        expiresAtMs: null,
      },
    ];

    it.each<[string, (token: string) => Record<string, string>, string]>([
      ["a key", () => ({ apikey: secret }), "sandbox"],
      ["a token", (token) => bearer(token), "production"],
      ["both", (token) => ({ ...bearer(token), apikey: secret }), "sandbox"],
      ["a token and a key that is none", (token) => ({ ...bearer(token), apikey: "flk_x" }), "production"],
      ["neither", () => ({}), "900902"],
      ["a key that is none", () => ({ apikey: "flk_x" }), "900901"],
      ["a token that is none", () => bearer("x"), "900901"],
    ])("%s is looked at", async (_what, headers, expected) => {
      await serve({}, { apiKeyRequired: true, keys });
      const answer = await call(gateway.port, { headers: headers(await signToken(key)) });
      expect(codeOf(answer) ?? answer.text).toBe(expected);
    });

    it("keys alone do not open an API that takes only tokens", async () => {
      await serve({}, { apiKeyRequired: false, keys });
      expect(codeOf(await call(gateway.port, { headers: { apikey: secret } }))).toBe("900902");
    });
  });

  describe("of consumers with a limit", () => {
    it("count for each consumer by themselves", async () => {
      const consumer = { claim: "azp", rateTier: "Tiny" };
      await serve({ consumer }, { consumerRateLimit: { tier: "Tiny", requests: 2, windowMs: 60_000 } });
      const statuses = [];
      for (const azp of ["a", "a", "b", "a", "b", "b"])
        statuses.push((await callWith(await signToken(key, { azp, jti: String(statuses.length) }))).status);
      expect(statuses).toEqual([200, 200, 200, 429, 200, 429]);
      const limited = await callWith(await signToken(key, { azp: "a" }));
      expect([codeOf(limited), limited.headers["ratelimit-policy"]]).toEqual(["900804", '"consumer-Tiny";q=2;w=60']);
      expect((await recordOf(limited))?.refusal).toBe("consumer-limit");
    });

    it("have to name the consumer", async () => {
      await serve({ consumer: { claim: "azp", rateTier: null } });
      const answer = await callWith(await signToken(key));
      expect([answer.status, (await recordOf(answer))?.token?.reason]).toEqual([401, "no-consumer"]);
    });
  });

  describe("and their issuer's keys", () => {
    it("are asked for once by requests that come together", async () => {
      await serve();
      const tokens = await Promise.all(
        Array.from({ length: 10 }, (_, index) => signToken(key, { jti: String(index) })),
      );
      const answers = await Promise.all(tokens.map((token) => callWith(token)));
      expect([new Set(answers.map(({ status }) => status)), issuer.asked]).toEqual([new Set([200]), 1]);
    });

    it("take a new key up as soon as a token names it, and let go of the old one", async () => {
      await serve();
      const old = await signToken(key);
      expect((await callWith(old)).status).toBe(200);
      issuer.publish(other.publicKey);
      ahead = 20_000;
      expect((await callWith(await signToken(other))).status).toBe(200);
      expect((await callWith(old)).status).toBe(401);
    });

    it("are not asked for by every token with a made-up key", async () => {
      await serve();
      await callWith(await signToken(key));
      ahead = 20_000;
      for (let turn = 0; turn < 20; turn += 1) {
        const forged = await signToken(other, { jti: String(turn) }, { kid: `made up ${turn}` });
        expect((await callWith(forged)).status).toBe(401);
      }
      expect(issuer.asked).toBe(2);
    });

    it("are not asked for by tokens that name another issuer", async () => {
      await serve();
      await callWith(await signToken(key));
      ahead = 20_000;
      const answer = await callWith(await signToken(other, { iss: "https://elsewhere.example" }));
      expect([(await recordOf(answer))?.token?.reason, issuer.asked]).toEqual(["issuer", 1]);
    });

    it("serve on for a day while the issuer is away, and no longer", async () => {
      await serve();
      const expiring = { exp: inS(400_000) };
      await callWith(await signToken(key, expiring));
      await issuer.stop();
      ahead = 86_000_000;
      expect((await callWith(await signToken(key, { ...expiring, jti: "2" }))).status).toBe(200);
      ahead = 86_500_000;
      const answer = await callWith(await signToken(key, { ...expiring, jti: "3" }));
      expect([answer.status, codeOf(answer), answer.headers["retry-after"]]).toEqual([503, "900900", "10"]);
      await issuer.restart();
      ahead += 11_000;
      expect((await callWith(await signToken(key, { ...expiring, jti: "4" }))).status).toBe(200);
    });

    it("are fetched from a host whose own authority the API trusts, and from no other", async () => {
      const authority = await makeCertificate({ name: "Authority", isAuthority: true });
      const secure = await startTlsIssuer(
        await makeCertificate({ name: "localhost", issuer: authority }),
        key.publicKey,
      );
      const { jwksUrl } = secure.settings;
      const token = await signToken(key);
      await serve({ jwksUrl });
      expect((await callWith(token)).status).toBe(503);
      const certificates = [{ kind: "trusted" as const, host: "localhost", certificate: authority.cert }];
      await serve({ jwksUrl }, { certificates });
      expect((await callWith(token)).status).toBe(200);
      await serve({ jwksUrl }, { certificates: certificates.map((one) => ({ ...one, host: "others.example" })) });
      expect((await callWith(token)).status).toBe(503);
      await secure.stop();
    });

    it("are refreshed in the background once they are five minutes old", async () => {
      await serve();
      const token = await signToken(key);
      await callWith(token);
      ahead = 301_000;
      expect((await callWith(token)).status).toBe(200);
      await expect.poll(() => issuer.asked).toBe(2);
    });

    const outages: [what: string, behave: (issuer: Issuer) => unknown, words: RegExp][] = [
      ["is not there", (there) => there.stop(), /ECONNREFUSED/],
      ["answers 500", (there) => there.behave((_, response) => response.writeHead(500).end()), /answered 500/],
      ["redirects", (there) => there.behave((_, response) => response.writeHead(302, { Location: "/k" }).end()), /302/],
      ["answers HTML", (there) => there.behave((_, response) => response.end("<!doctype html><p>Sign in")), /HTML/],
      ["answers no JSON", (there) => there.behave((_, response) => response.end("keys: 1")), /no JSON/],
      ["answers another document", (there) => there.behave((_, response) => response.end("{}")), /no JWK set/],
      [
        "answers without end",
        (there) => there.behave((_, response) => response.write("x".repeat(300_000))),
        /over 256 KiB/,
      ],
      ["has a thousand keys", (there) => there.publish(...Array(1_000).fill(key.publicKey)), /has 1000 keys/],
      ["publishes a shared secret alone", (there) => there.publish({ kty: "oct", k: "AAAA", kid: "one" }), /none of/],
      ["hangs up", (there) => there.behave((request) => request.socket.destroy()), /ECONNRESET/],
    ];

    it.each(outages)("say so when the issuer %s", async (_what, behave, words) => {
      await behave(issuer);
      await serve();
      const answer = await callWith(await signToken(key));
      expect([answer.status, codeOf(answer), production.requests.length]).toEqual([503, "900900", 0]);
      expect((await recordOf(answer))?.refusal).toBe("keys-unavailable");
      expect(JSON.stringify(gateway.logged)).toMatch(words);
      const metrics = await gateway.gateway.metrics.text(await gateway.gateway.workers.metrics());
      expect(metrics).toMatch(/fairlead_tokens_refused_total\{[^}]*reason="keys-unavailable"[^}]*\} 1/);
      expect(answer.text).not.toMatch(words);
    });

    it("keep nobody waiting for long when the issuer hangs, and nobody again after that", async () => {
      issuer.behave(() => undefined);
      await serve();
      const since = performance.now();
      const first = await callWith(await signToken(key), { method: "POST", body: "x".repeat(100_000) });
      expect([first.status, performance.now() - since < 7_000]).toEqual([503, true]);
      const before = performance.now();
      expect((await callWith(await signToken(key))).status).toBe(503);
      expect(performance.now() - before).toBeLessThan(1_000);
    }, 15_000);
  });

  it("have a body that waits with them, and is limited all the same", async () => {
    await serve();
    const body = "x".repeat(300_000);
    const answer = await callWith(await signToken(key), { method: "POST", body });
    expect([answer.status, production.requests[0]?.body.length]).toEqual([200, body.length]);
    const jwt = issuer.settings;
    await gateway.serve(
      apiWith({ kind: "single", production: [production.url], runtime: { jwt, maxRequestBodyBytes: 1_000 } }),
    );
    const headers = { ...bearer(await signToken(key)), "Transfer-Encoding": "chunked" };
    expect((await call(gateway.port, { method: "POST", headers, body })).status).toBe(413);
  });

  it("are judged by the settings of the moment", async () => {
    await serve();
    const token = await signToken(key);
    expect((await callWith(token)).status).toBe(200);
    await serve({ audiences: ["others"] });
    expect((await callWith(token)).status).toBe(401);
    await serve({ algorithms: ["RS256"] });
    expect((await callWith(token)).status).toBe(401);
    await serve();
    expect((await callWith(token)).status).toBe(200);
    await gateway.serve(apiWith({ kind: "single", production: [production.url] }));
    expect((await call(gateway.port)).status).toBe(200);
  });
});
