import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { apiWith } from "../testing/api-with.ts";
import { startGateway, type TestGateway } from "../testing/start-gateway.ts";
import { StubBackend } from "../testing/stub-backend.ts";

let gateway: TestGateway;
let backend: StubBackend;

beforeAll(async () => {
  backend = await new StubBackend("A").listen();
  gateway = await startGateway({ wire: true, logLevel: "silent" });
  await gateway.serve(apiWith({ production: [backend.url] }));
});
afterAll(async () => {
  await gateway.close();
  await backend.stop();
});
beforeEach(() => {
  backend.requests.length = 0;
  backend.behave(backend.answering(200, { "Content-Length": "1" }));
});

/** Says octets on one connection, piece by piece, and listens until nothing more comes; where that is not all, for longer. */
async function say(
  pieces: readonly (string | Buffer)[],
  untilMs = 150,
  isAll: (text: string) => boolean = () => true,
): Promise<string> {
  const socket = connect(gateway.port, "127.0.0.1");
  const heard = hear(socket);
  await once(socket, "connect");
  socket.setNoDelay(true);
  for (const piece of pieces) {
    if (socket.destroyed) break;
    socket.write(typeof piece === "string" ? Buffer.from(piece, "latin1") : piece);
    await sleep(1);
  }
  await Promise.race([once(socket, "close"), heard.quiet(untilMs)]);
  for (let turn = 0; turn < 200 && !isAll(heard.text()); turn += 1) await sleep(10);
  socket.destroy();
  return heard.text();
}

function hear(socket: Socket) {
  let text = "";
  let last = performance.now();
  socket.setEncoding("latin1").on("data", (chunk: string) => {
    text += chunk;
    last = performance.now();
  });
  socket.on("error", () => undefined);
  return {
    text: () => text,
    quiet: async (ms: number) => {
      while (performance.now() - last < ms) await sleep(5);
    },
  };
}

const get = (path: string, fields = "") => `GET /shop/1.0.0${path} HTTP/1.1\r\nHost: x\r\n${fields}\r\n`;
const statuses = (text: string) => [...text.matchAll(/HTTP\/1\.1 (\d{3})/g)].map(([, status]) => status);

describe("requests on one connection", () => {
  it("are answered in order when they are sent without waiting", async () => {
    let served = 0;
    backend.behave(async (request, response) => {
      served += 1;
      // The first takes longest.
      await sleep(30 - served * 10);
      response.end(request.url);
    });
    const text = await say([get("/1") + get("/2") + get("/3")]);
    expect(statuses(text)).toEqual(["200", "200", "200"]);
    expect([...text.matchAll(/\r\n\r\n(?:\d+\r\n)?(\/\d)/g)].map(([, path]) => path)).toEqual(["/1", "/2", "/3"]);
  });

  it("are read wherever they are cut", async () => {
    const text = `${get("/a").replace("GET", "POST").replace("\r\n\r\n", "\r\nContent-Length: 5\r\n\r\n")}hello`;
    const heard = await say([...text]);
    expect(statuses(heard)).toEqual(["200"]);
    expect(backend.requests.map(({ body }) => body.toString())).toEqual(["hello"]);
  });

  it("end with one that says so", async () => {
    const text = await say([get("/1", "Connection: close\r\n") + get("/2")]);
    expect([statuses(text), backend.requests.length]).toEqual([["200"], 1]);
    expect(text).toMatch(/\r\nConnection: close\r\n/);
  });

  it("go over to the other path when one is not ordinary, and stay there", async () => {
    const unusual = get("/2", "Connection: upgrade\r\nUpgrade: h2c\r\n");
    expect(statuses(await say([get("/1"), unusual, get("/3")]))).toEqual(["200", "200", "200"]);
    expect(backend.requests.map(({ url }) => url)).toEqual(["/1", "/2", "/3"]);
  });

  it.each([
    ["HTTP/1.0", "GET /shop/1.0.0/a HTTP/1.0\r\nHost: x\r\n\r\n"],
    ["a target in absolute form", "GET http://x/shop/1.0.0/a HTTP/1.1\r\nHost: x\r\n\r\n"],
    ["an empty line before it", `\r\n${get("/a")}`],
  ])("are served with %s", async (_name, text) => {
    expect(statuses(await say([text]))).toEqual(["200"]);
    expect(backend.requests.map(({ url }) => url)).toEqual(["/a"]);
  });

  it("are refused together with what follows when one is malformed", async () => {
    const text = await say([get("/1"), get("/2", "Content-Length: 1\r\nTransfer-Encoding: chunked\r\n") + get("/3")]);
    expect(statuses(text)).toEqual(["200", "400"]);
    expect(backend.requests.map(({ url }) => url)).toEqual(["/1"]);
  });

  it("end when a chunked body is none", async () => {
    const head = get("/1", "Transfer-Encoding: chunked\r\n").replace("GET", "POST");
    const text = await say([`${head}3\r\nabcd\r\n0\r\n\r\n${get("/2")}`]);
    expect(statuses(text)).toEqual(["400"]);
    expect(backend.requests).toEqual([]);
  });
});

describe("connections to an endpoint", () => {
  it("are used again, and by others", async () => {
    const before = backend.connections;
    for (let turn = 0; turn < 5; turn += 1) await say([get("/a")], 20);
    expect(backend.connections - before).toBeLessThanOrEqual(1);
  });

  it("are not used again when more came than the response had", async () => {
    backend.behave((request) => {
      request.socket.write(
        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokHTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil",
      );
    });
    expect(await say([get("/1")])).not.toContain("evil");
    backend.behave(backend.answering(200, { "Content-Length": "1" }));
    expect(await say([get("/2")])).toMatch(/\r\n\r\nA$/);
  });
});

/** Pieces of requests that tempt two readers to see different ones. */
const smuggled = fc
  .array(
    fc.constantFrom(
      "GET /shop/1.0.0/a HTTP/1.1\r\n",
      "POST /shop/1.0.0/b HTTP/1.1\r\n",
      "GET /shop/1.0.0/c HTTP/1.0\r\n",
      "Host: x\r\n",
      "Host: y\r\n",
      "Content-Length: 0\r\n",
      "Content-Length: 5\r\n",
      "Content-Length: 05\r\n",
      "Content-Length : 5\r\n",
      "Transfer-Encoding: chunked\r\n",
      "Transfer-Encoding: \x0bchunked\r\n",
      "Transfer-Encoding: identity\r\n",
      "Connection: close\r\n",
      "X: a\n",
      "X: a\r",
      " folded\r\n",
      "\r\n",
      "\n",
      "0\r\n\r\n",
      "5\r\nhello\r\n",
      "5;x\nhello\r\n",
      "hello",
      "\0",
    ),
    { minLength: 2, maxLength: 12 },
  )
  .map((parts) => parts.join(""));

it("lets no endpoint see a request that it has not understood itself, whatever is sent", async () => {
  let run = 0;
  await fc.assert(
    fc.asyncProperty(smuggled, async (text) => {
      run += 1;
      // On a busy machine what an earlier run has sent may still be on its way.
      const mark = `?${run}`;
      const marked = `GET /shop/1.0.0/first HTTP/1.1\r\nHost: x\r\n\r\n${text}`.replaceAll(
        " HTTP/1.",
        `${mark} HTTP/1.`,
      );
      const reached = () => backend.requests.filter(({ url }) => url?.endsWith(mark));
      const answered = (heard: string) => statuses(heard).filter((status) => status === "200").length;
      // One that was still under way when the connection ended may have reached the endpoint without an answer.
      const unanswered = (heard: string) => reached().length - answered(heard);
      const heard = await say([marked], 15, (sofar) => unanswered(sofar) === 0 || unanswered(sofar) === 1);
      expect([0, 1]).toContain(unanswered(heard));
      for (const { url, rawHeaders } of reached()) {
        expect(["/first", "/a", "/b", "/c"].map((path) => path + mark)).toContain(url);
        const lengths = rawHeaders.filter((name, index) => index % 2 === 0 && /^content-length$/i.test(name));
        const codings = rawHeaders.filter((name, index) => index % 2 === 0 && /^transfer-encoding$/i.test(name));
        expect(lengths.length + codings.length).toBeLessThanOrEqual(1);
      }
    }),
    { numRuns: 150 },
  );
}, 60_000);

it.each([
  ["204", "HTTP/1.1 204 No Content\r\nContent-Length: 2\r\n\r\nok", "GET"],
  ["304", "HTTP/1.1 304 Not Modified\r\nContent-Length: 2\r\n\r\nok", "GET"],
  ["an answer to HEAD", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", "HEAD"],
])(
  "takes no octets for a body of %s that has none, and trusts the connection no more",
  async (_name, octets, method) => {
    backend.behave((request) => void request.socket.write(octets));
    const heard = await say([get("/1").replace("GET", method)]);
    expect(heard).toMatch(/\r\n\r\n$/);
    const before = backend.connections;
    await say([get("/2").replace("GET", method)]);
    expect(backend.connections).toBe(before + 1);
  },
);
