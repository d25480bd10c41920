import { createHash } from "node:crypto";
import type { RequestListener } from "node:http";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { seal, sealingKey } from "../../lib/db/sealed-text.ts";
import { endpointConfigSchema } from "../../lib/model/endpoint-config.ts";
import { apiWith } from "../testing/api-with.ts";
import { call, codeOf, sendRaw } from "../testing/call.ts";
import { startGateway, type TestGateway, testSecret } from "../testing/start-gateway.ts";
import { type StubBackend, startBackend } from "../testing/stub-backend.ts";

let gateway: TestGateway;
let backend: StubBackend;
let server: StubBackend;

beforeEach(async () => {
  [gateway, backend, server] = await Promise.all([startGateway(), startBackend("A"), startBackend("tokens")]);
});
afterEach(() => Promise.all([gateway.close(), backend.stop(), server.stop()]));

const sealed = (text: string, secret = testSecret) => seal(text, sealingKey(secret));

/** An API whose production endpoint is the backend, with what WSO2 calls its endpoint security. */
function secured(production: Record<string, unknown>, more: { healthCheck?: object; failover?: string } = {}) {
  const api = apiWith({ kind: "single", production: [`${backend.url}/base`] });
  const endpointConfig = endpointConfigSchema.parse({
    ...api.endpointConfig,
    ...(more.healthCheck && { healthCheck: more.healthCheck }),
    extra: { endpoint_security: { production: { enabled: true, ...production } } },
  });
  return { ...api, endpointConfig };
}

const authorizations = () => backend.requests.map(({ headers }) => headers.authorization);

describe("endpoint security", () => {
  it("shows user name and password, and not what the client said in their place", async () => {
    await gateway.serve(secured({ type: "BASIC", username: "prod", password: sealed("päss") }));
    await call(gateway.port, { headers: { Authorization: "Bearer the client's" } });
    expect(authorizations()).toEqual([`Basic ${Buffer.from("prod:päss").toString("base64")}`]);
  });

  it("shows a key in a header, or in the query in the place of the client's", async () => {
    const key = { type: "API_KEY", apiKeyValue: sealed("k&1"), apiKeyIdentifier: "X-Key" };
    await gateway.serve(secured({ ...key, apiKeyIdentifierType: "HEADER" }));
    await call(gateway.port, { headers: { "x-key": "the client's" } });
    await gateway.serve(secured({ ...key, apiKeyIdentifierType: "QUERY_PARAMETER" }));
    await call(gateway.port, { path: "/shop/1.0.0/items?a=1&X-Key=mine&b=2" });
    const [first, second] = backend.requests;
    expect([first?.headers["x-key"], second?.url]).toEqual(["k&1", "/base/items?a=1&b=2&X-Key=k%261"]);
  });

  it("is what active checks show as well", async () => {
    backend.behave((request, response) => {
      response.writeHead(request.headers.authorization?.startsWith("Basic ") ? 200 : 401).end();
    });
    const healthCheck = { path: "/health", intervalMs: 1_000 };
    await gateway.serve(secured({ type: "BASIC", username: "u", password: sealed("p") }, { healthCheck }));
    const checks = () => gateway.gateway.metrics.text([]);
    await expect.poll(checks, { timeout: 8_000 }).toMatch(/health_checks_total\{[^}]*success[^}]*\} [1-9]/);
  });

  it("that was sealed under another secret stops requests, and neither endpoint nor log sees what was stored", async () => {
    await gateway.serve(secured({ type: "BASIC", username: "u", password: sealed("p", "another secret entirely") }));
    const answer = await call(gateway.port);
    expect([answer.status, codeOf(answer), backend.requests.length]).toEqual([502, "303900", 0]);
    expect(gateway.stateOf()).toBe("active");
    expect(JSON.stringify(gateway.logged)).toMatch(/another FAIRLEAD_SECRET/);
  });
});

describe("a digest", () => {
  const realm = "shop";
  const hash = (text: string) => createHash("sha256").update(text).digest("hex");

  /** Takes each nonce `uses` times. */
  function digestServer(uses: number): RequestListener {
    let nonce = 0;
    let left = 0;
    return (request, response) => {
      const given = request.headers.authorization ?? "";
      const value = (name: string) => new RegExp(`${name}="?([^",]+)`).exec(given)?.[1];
      const [first, second] = [hash(`u:${realm}:p`), hash(`${request.method}:${request.url}`)];
      const nc = value("nc");
      const expected = hash(`${first}:n${nonce}:${nc}:${value("cnonce")}:auth:${second}`);
      const isFresh = value("nonce") === `n${nonce}` && left > 0;
      if (isFresh && value("response") === expected && Number.parseInt(nc ?? "0", 16) === uses - left + 1) {
        left -= 1;
        response.writeHead(200).end("welcome");
        return;
      }
      nonce += 1;
      left = uses;
      const stale = given === "" ? "" : ", stale=true";
      const challenge = `Digest realm="${realm}", nonce="n${nonce}", qop="auth", algorithm=SHA-256${stale}`;
      request.resume().on("end", () => response.writeHead(401, { "WWW-Authenticate": challenge }).end("who?"));
    };
  }

  it("answers the challenge, counts the nonce's uses, and takes a new one when it is too old", async () => {
    backend.behave(digestServer(3));
    await gateway.serve(secured({ type: "DIGEST", username: "u", password: sealed("p") }));
    const answers: string[] = [];
    for (let turn = 0; turn < 7; turn += 1) {
      const body = turn % 2 === 0 ? "" : "a body that is sent again";
      answers.push(
        (await call(gateway.port, { method: body ? "POST" : "GET", body, path: `/shop/1.0.0/${turn}?q=1` })).text,
      );
    }
    expect(answers).toEqual(Array.from({ length: 7 }, () => "welcome"));
  });

  it("whose password is wrong is asked for once, and the endpoint's 401 is the answer", async () => {
    backend.behave((request, response) => {
      backend.answering(
        401,
        { "WWW-Authenticate": `Digest realm="${realm}", nonce="same", qop="auth"` },
        "who?",
      )(request, response);
    });
    await gateway.serve(secured({ type: "DIGEST", username: "u", password: sealed("wrong") }));
    expect((await call(gateway.port)).status).toBe(401);
    expect(backend.requests).toHaveLength(2);
    expect(gateway.stateOf()).toBe("active");
  });
});

describe("a token of an authorization server", () => {
  const oauth = (more: Record<string, unknown> = {}) => ({
    ...{ type: "OAUTH", grantType: "CLIENT_CREDENTIALS", tokenUrl: `${server.url}/token?tenant=1` },
    ...{ clientId: "gate:way", clientSecret: sealed("s/cret") },
    ...more,
  });
  let issued = 0;
  /** Answers with tokens t1, t2, … */
  function tokens(expiresIn: number | string | undefined, delayMs = 0): RequestListener {
    return (request, response) => {
      issued += 1;
      const body = JSON.stringify({ access_token: `t${issued}`, token_type: "bearer", expires_in: expiresIn });
      setTimeout(() => server.answering(200, { "Content-Type": "application/json" }, body)(request, response), delayMs);
    };
  }
  beforeEach(() => {
    issued = 0;
    server.behave(tokens(3_600));
  });

  it("is fetched once for requests that come together, and used for those that follow", async () => {
    server.behave(tokens("3600", 50));
    await gateway.serve(secured(oauth({ scopes: ["read", "write"], customParameters: { audience: "orders" } })));
    await Promise.all(Array.from({ length: 10 }, () => call(gateway.port)));
    await call(gateway.port);
    expect(new Set(authorizations())).toEqual(new Set(["Bearer t1"]));
    const [asked, ...others] = server.requests;
    expect(others).toEqual([]);
    expect([asked?.method, asked?.url, asked?.headers["content-type"]]).toEqual([
      ...["POST", "/token?tenant=1", "application/x-www-form-urlencoded"],
    ]);
    expect(asked?.headers.authorization).toBe(`Basic ${Buffer.from("gate%3Away:s%2Fcret").toString("base64")}`);
    expect(asked?.body.toString()).toBe("audience=orders&grant_type=client_credentials&scope=read+write");
  });

  it("is asked for with a password, and with the client's own in the body, where that is said", async () => {
    const grant = { grantType: "PASSWORD", username: "u", password: sealed("p w"), clientAuthentication: "BODY" };
    await gateway.serve(secured(oauth(grant)));
    await call(gateway.port);
    const [asked] = server.requests;
    expect(asked?.headers.authorization).toBeUndefined();
    expect(asked?.body.toString()).toBe(
      "grant_type=password&username=u&password=p+w&client_id=gate%3Away&client_secret=s%2Fcret",
    );
  });

  it("outlives a reload that does not change how it is fetched", async () => {
    const api = secured(oauth());
    await gateway.serve(api);
    await call(gateway.port);
    await gateway.serve({ ...api, revision: 2 });
    await call(gateway.port);
    expect(server.requests).toHaveLength(1);
  });

  it("that the endpoint refuses is fetched anew once, and the request sent again", async () => {
    let clock = 0;
    await gateway.close();
    gateway = await startGateway({ now: () => performance.now() + clock });
    backend.behave((request, response) => {
      const status = request.headers.authorization === "Bearer t1" && clock > 0 ? 401 : 200;
      backend.answering(status)(request, response);
    });
    await gateway.serve(secured(oauth()));
    expect((await call(gateway.port)).status).toBe(200);
    clock = 10_000;
    const again = await call(gateway.port, { method: "POST", body: "order" });
    expect(again.status).toBe(200);
    expect(backend.requests.at(-1)?.body.toString()).toBe("order");
    expect(authorizations()).toEqual(["Bearer t1", "Bearer t1", "Bearer t2"]);
    backend.behave(backend.answering(401));
    expect((await call(gateway.port)).status).toBe(401);
    expect(server.requests.length).toBeLessThanOrEqual(3);
  });

  it("is renewed in the background before it ends", async () => {
    let clock = 0;
    await gateway.close();
    gateway = await startGateway({ now: () => performance.now() + clock });
    server.behave(tokens(100));
    await gateway.serve(secured(oauth()));
    await call(gateway.port);
    clock = 85_000;
    await call(gateway.port);
    await expect.poll(() => server.requests.length).toBe(2);
    await call(gateway.port);
    expect(authorizations().at(-1)).toBe("Bearer t2");
    expect(authorizations().slice(0, 2)).toEqual(["Bearer t1", "Bearer t1"]);
  });

  it("reaches endpoints of upgrades as well", async () => {
    backend.server.on("upgrade", (request, socket) => {
      const status = request.headers.authorization === "Bearer t1" ? "101 Switching Protocols" : "401 Unauthorized";
      socket.end(`HTTP/1.1 ${status}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`);
    });
    await gateway.serve(secured(oauth()));
    const upgrade = "GET /shop/1.0.0/ HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n";
    expect((await sendRaw(gateway.port, upgrade, 1_000)).text).toMatch(/^HTTP\/1\.1 101 /);
  });

  it.each<[string, () => RequestListener | undefined, RegExp]>([
    ["answers HTML", () => server.answering(200, { "Content-Type": "text/html" }, "<html>Sign in</html>"), /no JSON/],
    ["refuses", () => server.answering(401, {}, '{"error":"invalid_client"}'), /401 invalid_client/],
    [
      "repeats the secret in its refusal",
      () => server.answering(400, {}, '{"error":"no client gate:way with s/cret"}'),
      /answered 400$/,
    ],
    ["redirects", () => server.answering(302, { Location: "http://elsewhere.example/" }, ""), /answered 302/],
    [
      "sends a token that no header takes",
      () => server.answering(200, {}, '{"access_token":"a\\nb"}'),
      /access_token is not/,
    ],
    ["sends no token", () => server.answering(200, {}, '{"expires_in":5}'), /access_token is not/],
    [
      "sends another kind of token",
      () => server.answering(200, {}, '{"access_token":"a","token_type":"mac"}'),
      /token_type/,
    ],
    ["answers without content", () => server.answering(204), /answered 204/],
    [
      "gives a life below zero",
      () => server.answering(200, {}, '{"access_token":"a","expires_in":-1}'),
      /expires_in is not/,
    ],
    [
      "gives a life of thirty thousand years",
      () => server.answering(200, {}, '{"access_token":"a","expires_in":"999999999999"}'),
      /expires_in is not/,
    ],
    [
      "stops in the middle",
      () => (request, response) => {
        response.writeHead(200, { "Content-Length": "100" }).write("{");
        setTimeout(() => request.socket.destroy(), 20);
      },
      /ECONNRESET|closed/,
    ],
    [
      "switches to a protocol that nobody asked for",
      () => (request) =>
        request.socket.end("HTTP/1.1 101 Switching Protocols\r\nUpgrade: echo\r\nConnection: Upgrade\r\n\r\n"),
      /closed without an answer/,
    ],
    ["never stops", () => server.answering(200, {}, "x".repeat(100_000)), /over 65536 octets/],
    ["hangs up", () => (request) => request.socket.destroy(), /ECONNRESET|closed/],
    ["is not there", () => undefined, /ECONNREFUSED/],
  ])(
    "cannot be had where its server %s: requests get 502, and no endpoint is charged",
    async (_, behaviour, reason) => {
      const told = behaviour();
      if (told) server.behave(told);
      const api = secured(told ? oauth() : oauth({ tokenUrl: "http://127.0.0.1:9/token" }));
      await gateway.serve(api);
      const answers = await Promise.all([call(gateway.port), call(gateway.port), call(gateway.port)]);
      expect(answers.map((answer) => [answer.status, codeOf(answer)])).toEqual(
        Array.from({ length: 3 }, () => [502, "303900"]),
      );
      expect([backend.requests.length, gateway.stateOf()]).toEqual([0, "active"]);
      const lines = gateway.logged.filter(({ msg }) => msg === "no token for the endpoints of an API");
      expect(lines).toEqual([expect.objectContaining({ reason: expect.stringMatching(reason) })]);
      expect(JSON.stringify(gateway.logged)).not.toMatch(/s\/cret|s%2Fcret|Z2F0ZSUzQXdheT/);
    },
  );

  it("is had again once its server is well, and nobody hammers it meanwhile", async () => {
    let clock = 0;
    await gateway.close();
    gateway = await startGateway({ now: () => performance.now() + clock });
    server.behave(server.answering(503));
    await gateway.serve(secured(oauth()));
    for (let turn = 0; turn < 20; turn += 1) await call(gateway.port);
    expect(server.requests.length).toBeLessThanOrEqual(2);
    server.behave(tokens(60));
    clock = 5_000;
    expect((await call(gateway.port)).status).toBe(200);
  });
});
