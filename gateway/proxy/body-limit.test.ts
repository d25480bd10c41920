import { once } from "node:events";
import { connect } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { apiWith } from "../testing/api-with.ts";
import { call, codeOf } from "../testing/call.ts";
import { startGateway, type TestGateway } from "../testing/start-gateway.ts";
import { type StubBackend, startBackend } from "../testing/stub-backend.ts";

let gateway: TestGateway;
let backend: StubBackend;

beforeEach(async () => {
  backend = await startBackend("A");
  gateway = await startGateway({ logLevel: "silent" });
  await gateway.serve(apiWith({ production: [backend.url], runtime: { maxRequestBodyBytes: 1_000 } }));
});
afterEach(async () => {
  await gateway.close();
  await backend.stop();
});

/** What comes back for octets that are sent as they are, until the gateway closes. */
async function saying(...pieces: string[]): Promise<string> {
  const socket = connect({ port: gateway.port, host: "127.0.0.1" });
  socket.on("error", () => undefined);
  let heard = "";
  socket.setEncoding("latin1").on("data", (chunk: string) => {
    heard += chunk;
  });
  const closed = once(socket, "close");
  await once(socket, "connect");
  for (const piece of pieces) {
    socket.write(piece);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  await closed;
  return heard;
}

const head = (fields: string) => `POST /shop/1.0.0/items HTTP/1.1\r\nHost: x\r\n${fields}\r\n\r\n`;
const chunk = (length: number) => `${length.toString(16)}\r\n${"x".repeat(length)}\r\n`;

describe("an API that takes bodies of 1,000 octets", () => {
  it.each([0, 1, 1_000])("forwards a body of %i", async (length) => {
    const answer = await call(gateway.port, { method: "POST", body: "x".repeat(length) });
    expect(answer.status).toBe(200);
  });

  it("forwards 1,000 octets in chunks, which are longer with what is around them", async () => {
    const answer = await call(gateway.port, {
      method: "POST",
      headers: { "transfer-encoding": "chunked" },
      body: "x".repeat(1_000),
    });
    expect(answer.status).toBe(200);
  });

  it("refuses a longer one by its Content-Length, before the endpoint hears of it", async () => {
    const answer = await call(gateway.port, { method: "POST", body: "x".repeat(1_001) });
    expect([answer.status, codeOf(answer), answer.headers.connection]).toEqual([413, "413", "close"]);
    expect(backend.requests).toHaveLength(0);
  });

  it("refuses it without saying 100 to a client that waits", async () => {
    const heard = await saying(head("Content-Length: 2000\r\nExpect: 100-continue"));
    expect(heard).toMatch(/^HTTP\/1\.1 413 /);
    expect(heard).not.toContain(" 100 ");
  });

  it("refuses chunks as soon as they are too many together", async () => {
    const heard = await saying(head("Transfer-Encoding: chunked"), chunk(600), chunk(600), chunk(600));
    expect(heard).toMatch(/^HTTP\/1\.1 413 /);
    expect(heard).toMatch(/connection: close/i);
  });

  it("refuses chunks that come with the head", async () => {
    const heard = await saying(`${head("Transfer-Encoding: chunked")}${chunk(600)}${chunk(600)}0\r\n\r\n`);
    expect(heard).toMatch(/^HTTP\/1\.1 413 /);
  });

  it("does not charge the endpoint with it", async () => {
    await saying(head("Transfer-Encoding: chunked"), chunk(600), chunk(600));
    const answers = await Promise.all([1, 2, 3].map(() => call(gateway.port)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
  });
});

it("takes bodies of any length where an API says nothing", async () => {
  await gateway.serve(apiWith({ production: [backend.url], revision: 2 }));
  const answer = await call(gateway.port, { method: "POST", body: "x".repeat(3_000_000) });
  expect(answer.status).toBe(200);
});
