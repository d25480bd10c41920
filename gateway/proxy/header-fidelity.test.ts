import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { apiWith } from "../testing/api-with.ts";
import { call, sendRaw } from "../testing/call.ts";
import { startGateway, type TestGateway } from "../testing/start-gateway.ts";
import { type StubBackend, startBackend, startRawBackend } from "../testing/stub-backend.ts";

let gateway: TestGateway;
let backend: StubBackend;

beforeEach(async () => {
  gateway = await startGateway();
  backend = await startBackend();
  gateway.serve(apiWith({ kind: "single", production: [`${backend.url}/base/?fixed=1`] }));
});
afterEach(async () => {
  await gateway.close();
  await backend.stop();
});

function lines(flat: string[]): string[] {
  return flat.flatMap((name, index) => (index % 2 === 0 ? [`${name}: ${flat[index + 1]}`] : []));
}

/** Sends a request byte for byte and returns what the backend got. */
async function received(head: string[], body = "") {
  const text = `${head.join("\r\n")}\r\nConnection: close\r\n\r\n${body}`;
  const answer = await sendRaw(gateway.port, text);
  const got = backend.requests.at(-1);
  if (!got) throw new Error(`the backend got nothing; the client got ${answer.text}`);
  return { ...got, lines: lines(got.rawHeaders), answer: answer.text };
}

const get = "GET /shop/1.0.0/items HTTP/1.1";

describe("what reaches the endpoint", () => {
  it("keeps fields in their order, spelling and number", async () => {
    const got = await received([
      get,
      "host: shop.example",
      "x-ONE: 1",
      "ACCEPT: a",
      "accept: b",
      "X-one: 2",
      "x-empty:",
    ]);
    const own = got.lines.filter((line) => !/^(host|x-forwarded|x-request-id|connection)/i.test(line));
    expect(own).toEqual(["x-ONE: 1", "ACCEPT: a", "accept: b", "X-one: 2", "x-empty: "]);
  });

  it("keeps bytes beyond ASCII in values", async () => {
    const got = await received([get, "Host: h", "X-Name: M\xfcller \xe2\x82\xac"]);
    expect(got.lines).toContain("X-Name: M\xfcller \xe2\x82\xac");
  });

  it("names the endpoint in Host", async () => {
    const got = await received([get, "Host: shop.example:8280"]);
    expect(got.headers.host).toBe(new URL(backend.url).host);
  });

  it("leaves out hop-by-hop fields and those that Connection names", async () => {
    const got = await received([
      get,
      "Host: h",
      "Keep-Alive: timeout=5",
      "Proxy-Connection: x",
      "Proxy-Authorization: Basic eA==",
      "TE: trailers",
      "Connection: X-Private, close",
      "X-Private: 1",
      "Upgrade: h2c",
      "HTTP2-Settings: AAAA",
      "X-Public: 2",
    ]);
    const names = got.rawHeaders.filter((_, index) => index % 2 === 0).map((name) => name.toLowerCase());
    for (const gone of [
      "keep-alive",
      "proxy-connection",
      "proxy-authorization",
      "te",
      "x-private",
      "upgrade",
      "http2-settings",
    ])
      expect(names).not.toContain(gone);
    expect(names).toContain("x-public");
  });

  it("lets no client take Host or the body's frame away by naming them in Connection", async () => {
    const got = await received(
      [
        "POST /shop/1.0.0/x HTTP/1.1",
        "Host: h",
        "Connection: Host, Content-Length, Transfer-Encoding",
        "Content-Length: 5",
      ],
      "hello",
    );
    expect(got.headers.host).toBe(new URL(backend.url).host);
    expect(got.body.toString()).toBe("hello");
  });

  it("leaves out the gateway's credentials and its session cookie, and nothing else of them", async () => {
    gateway.serve(apiWith({ kind: "single", production: [backend.url] }));
    const got = await received([
      "GET /shop/1.0.0/items?b=%20x&apikey=flk_1&a=+&apikeys=2 HTTP/1.1",
      "Host: h",
      "apikey: flk_2",
      "Internal-Key: flt_3",
      "Cookie: a=1; FAIRLEAD_SESSION=x.y.z; b=2",
      "Authorization: Bearer mine",
    ]);
    expect(got.url).toBe("/items?b=%20x&a=+&apikeys=2");
    expect(got.rawHeaders.join("\n")).not.toMatch(/apikey|internal-key|FAIRLEAD|flk_|flt_/i);
    expect(got.headers.cookie).toBe("a=1; b=2");
    expect(got.headers.authorization).toBe("Bearer mine");
  });

  it.each([
    ["/shop/1.0.0", "/base/?fixed=1"],
    ["/shop/1.0.0/", "/base/?fixed=1"],
    ["/shop/1.0.0?", "/base/?fixed=1"],
    ["/shop/1.0.0//a//b/", "/base//a//b/?fixed=1"],
    ["/shop/1.0.0/a%2Fb%20c/%C3%A9?q=%2f&q=a+b&&=", "/base/a%2Fb%20c/%C3%A9?fixed=1&q=%2f&q=a+b&&="],
    ["/shop/1.0.0/a;v=1,2/@x:y?z[]=1&{}|^`", "/base/a;v=1,2/@x:y?fixed=1&z[]=1&{}|^`"],
    ["http://elsewhere/shop/1.0.0/a?b", "/base/a?fixed=1&b"],
  ])("calls %s as %s", async (target, expected) => {
    const got = await received([`GET ${target} HTTP/1.1`, "Host: h"]);
    expect(got.url).toBe(expected);
  });

  it("says for whom it asks", async () => {
    const got = await received([get, "Host: shop.example:8280"]);
    expect(got.headers).toMatchObject({
      "x-forwarded-for": "127.0.0.1",
      "x-forwarded-proto": "http",
      "x-forwarded-host": "shop.example:8280",
    });
  });

  it("goes on with the chain of proxies before it", async () => {
    const got = await received([
      get,
      "Host: h",
      "X-Forwarded-For: 1.2.3.4",
      "X-Forwarded-For: 5.6.7.8",
      "X-Forwarded-Proto: https",
      "X-Forwarded-Host: www.example",
    ]);
    expect(got.headers).toMatchObject({
      "x-forwarded-for": "1.2.3.4, 5.6.7.8, 127.0.0.1",
      "x-forwarded-proto": "https",
      "x-forwarded-host": "www.example",
    });
  });

  it("keeps a sane X-Request-Id and makes one up in place of any other", async () => {
    const kept = await received([get, "Host: h", "X-Request-Id: order-42"]);
    expect(kept.headers["x-request-id"]).toBe("order-42");
    expect(kept.answer).toMatch(/x-request-id: order-42/i);
    for (const odd of ["a b", '"><script>', "x".repeat(129)]) {
      const made = await received([get, "Host: h", `X-Request-Id: ${odd}`]);
      expect(made.headers["x-request-id"]).toMatch(/^[0-9a-f-]{36}$/);
    }
  });

  it.each(["GET", "DELETE", "OPTIONS", "POST", "PUT", "PATCH", "PROPFIND", "TRACE"])(
    "relays %s without a body as one without",
    async (method) => {
      const length = method === "POST" || method === "PUT" || method === "PATCH" ? ["Content-Length: 0"] : [];
      const got = await received([`${method} /shop/1.0.0/x HTTP/1.1`, "Host: h", ...length]);
      expect([got.method, got.body.length]).toEqual([method, 0]);
      expect(got.headers["transfer-encoding"]).toBeUndefined();
    },
  );

  it.each(["GET", "DELETE", "OPTIONS", "POST", "PUT", "REPORT"])(
    "relays %s with a body of known and unknown length",
    async (method) => {
      const known = await received([`${method} /shop/1.0.0/x HTTP/1.1`, "Host: h", "Content-Length: 5"], "hello");
      expect([known.body.toString(), known.headers["content-length"]]).toEqual(["hello", "5"]);
      const chunked = await received(
        [`${method} /shop/1.0.0/x HTTP/1.1`, "Host: h", "Transfer-Encoding: chunked"],
        "5\r\nhello\r\n0\r\n\r\n",
      );
      expect([chunked.body.toString(), chunked.headers["transfer-encoding"]]).toEqual(["hello", "chunked"]);
    },
  );

  it("passes Expect: 100-continue on, and relays the body of a client that does not wait", async () => {
    const got = await received(
      ["POST /shop/1.0.0/x HTTP/1.1", "Host: h", "Expect: 100-continue", "Content-Length: 5"],
      "hello",
    );
    expect(got.body.toString()).toBe("hello");
    expect(got.headers.expect).toBe("100-continue");
    expect(got.answer).toMatch(/^HTTP\/1\.1 200 OK/);
  });
});

describe("what reaches the client", () => {
  async function answered(bytes: string, request = get) {
    const lying = await startRawBackend((socket) => socket.once("data", () => socket.end(bytes, "latin1")));
    gateway.serve(apiWith({ kind: "single", production: [lying.url] }));
    const { text } = await sendRaw(gateway.port, `${request}\r\nHost: h\r\nConnection: close\r\n\r\n`);
    await lying.stop();
    const [head = "", ...rest] = text.split("\r\n\r\n");
    return { head, lines: head.split("\r\n"), body: rest.join("\r\n\r\n") };
  }

  it("keeps fields in their order, spelling and number, and leaves out what is of one hop", async () => {
    const { lines: got } = await answered(
      "HTTP/1.1 207 Odd Words\r\nx-ONE: 1\r\nSet-Cookie: a=1; Path=/\r\nset-cookie: b=2\r\nVary: x\r\nVary: y\r\n" +
        "Connection: X-Hop, close\r\nX-Hop: 1\r\nKeep-Alive: timeout=1\r\nDate: yesterday\r\nX-Request-Id: theirs\r\nContent-Length: 2\r\n\r\nok",
    );
    expect(got[0]).toBe("HTTP/1.1 207 Odd Words");
    expect(got.slice(1, 8).filter((line) => !/^x-request/i.test(line))).toEqual([
      "x-ONE: 1",
      "Set-Cookie: a=1; Path=/",
      "set-cookie: b=2",
      "Vary: x",
      "Vary: y",
      "Date: yesterday",
      "Content-Length: 2",
    ]);
    expect(got.join("\n")).not.toMatch(/X-Hop|theirs|timeout=1/);
    expect(got.filter((line) => /^x-request-id: [0-9a-f-]{36}$/i.test(line))).toHaveLength(1);
  });

  it("gives a response without Date one", async () => {
    const { head } = await answered("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
    expect(head).toMatch(/^date: .+ GMT$/im);
  });

  it.each([
    ["204", "HTTP/1.1 204 No Content\r\nETag: x\r\n\r\n"],
    ["304", "HTTP/1.1 304 Not Modified\r\nETag: x\r\nContent-Length: 500\r\n\r\n"],
  ])("relays a %s as one without a body", async (status, bytes) => {
    const { head, body } = await answered(bytes);
    expect(head).toContain(`HTTP/1.1 ${status} `);
    expect(head).not.toMatch(/transfer-encoding/i);
    expect(body).toBe("");
  });

  it("relays the length that HEAD tells, without a body", async () => {
    const { head, body } = await answered(
      "HTTP/1.1 200 OK\r\nContent-Length: 12345\r\n\r\n",
      "HEAD /shop/1.0.0/x HTTP/1.1",
    );
    expect(head).toContain("Content-Length: 12345");
    expect(body).toBe("");
  });

  it("relays a body that ends with the connection", async () => {
    const { body, head } = await answered("HTTP/1.0 200 OK\r\n\r\nuntil the end");
    expect(head).toMatch(/transfer-encoding: chunked/i);
    expect(body).toContain("until the end");
  });

  it("serves a client of HTTP/1.0 without chunks", async () => {
    const { head, body } = await answered(
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n",
      "GET /shop/1.0.0/x HTTP/1.0",
    );
    expect(head).not.toMatch(/transfer-encoding/i);
    expect(body).toBe("ok");
  });

  it.each([
    ["control characters", "HTTP/1.1 200 O\x01K\r\nContent-Length: 2\r\n\r\nok"],
    ["no words", "HTTP/1.1 200\r\nContent-Length: 2\r\n\r\nok"],
    ["words beyond ASCII", "HTTP/1.1 200 \xc3\x9cber\r\nContent-Length: 2\r\n\r\nok"],
  ])("relays a status line with %s", async (_case, bytes) => {
    const { head, body } = await answered(bytes);
    expect(head).toMatch(/^HTTP\/1\.1 200/);
    expect(body).toBe("ok");
  });

  it("relays early hints before the response", async () => {
    const { head, body } = await answered(
      "HTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload; as=style\r\nLink: </b.js>; rel=preload\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok",
    );
    expect(head).toMatch(/^HTTP\/1\.1 103 Early Hints\r\n.*<\/a\.css>.*<\/b\.js>/is);
    expect(body).toMatch(/^HTTP\/1\.1 200 OK.*ok$/s);
  });

  it("is not brought down by early hints that are none", async () => {
    const { head, body } = await answered(
      "HTTP/1.1 103 Early Hints\r\nLink: nonsense, <\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok",
    );
    expect(head + body).toContain("200 OK");
  });

  it("relays trailers", async () => {
    backend.behave((_request, response) => {
      response.writeHead(200, { Trailer: "X-Sum" });
      response.write("body");
      response.addTrailers({ "X-Sum": "42" });
      response.end();
    });
    const answer = await call(gateway.port);
    expect([answer.text, answer.trailers["x-sum"]]).toEqual(["body", "42"]);
  });
});
