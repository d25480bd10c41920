import dns from "node:dns";
import { createServer, type Server } from "node:http";
import { type AddressInfo, createServer as createTcpServer, type Server as TcpServer } from "node:net";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { ServerContext } from "../context.ts";
import { openTestPublisher, type TestPublisher } from "../testing/publisher.ts";
import { checkEndpoint } from "./check-endpoint.ts";
import { isRefusedAddress } from "./refused-address.ts";

let publisher: TestPublisher;
let ann: ServerContext;
let backend: Server;
let liar: TcpServer;
const seen: string[] = [];

beforeAll(async () => {
  publisher = await openTestPublisher();
  ann = await publisher.person("Ann");
  backend = createServer((request, response) => {
    seen.push(`${request.method} ${request.url}`);
    if (request.url === "/redirect") response.writeHead(302, { location: "/elsewhere" });
    if (request.url === "/stall") return;
    if (request.url === "/another-protocol")
      return request.socket.end("HTTP/1.1 101 Switching Protocols\r\nUpgrade: echo\r\nConnection: Upgrade\r\n\r\n");
    if (request.url === "/endless") response.write("x".repeat(100_000));
    else response.end("a secret body");
  });
  liar = createTcpServer((socket) => {
    socket.on("error", () => undefined);
    socket.end("220 smtp.example ESMTP\r\n");
  });
  await Promise.all([listening(backend), listening(liar)]);
});
afterAll(async () => {
  backend?.closeAllConnections();
  backend?.close();
  liar?.close();
  await publisher?.close();
});

function listening(server: Server | TcpServer): Promise<void> {
  return new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
}

function portOf(server: Server | TcpServer): number {
  const address: AddressInfo | string | null = server.address();
  if (typeof address !== "object" || address === null) throw new Error("not listening");
  return address.port;
}

const at = (path: string) => `http://127.0.0.1:${portOf(backend)}${path}`;

describe("checking an endpoint", () => {
  it("tells the status and the time, and nothing of the body", async () => {
    const answer = await checkEndpoint(ann, { url: at("/") });
    expect(answer).toEqual({ statusCode: 200, statusMessage: "OK", latencyMs: expect.any(Number) });
    expect(answer.latencyMs).toBeLessThan(5_000);
  });

  it("ends at once where a backend switches to a protocol that nobody asked for", async () => {
    expect(await checkEndpoint(ann, { url: at("/another-protocol") })).toMatchObject({ statusCode: 101 });
  });

  it.each([
    [{ url: "/base/", path: "/health" }, "GET /base/health"],
    [{ url: "/base?a=1", path: "/health" }, "GET /base/health?a=1"],
    [{ url: "/base", method: "HEAD" as const }, "HEAD /base"],
    [{ url: "/base", path: "?q=1" }, "GET /base?q=1"],
  ])("asks in the way that was chosen: %j", async (request, line) => {
    await checkEndpoint(ann, { ...request, url: at(request.url) });
    expect(seen.at(-1)).toBe(line);
  });

  it("does not follow a redirect", async () => {
    expect(await checkEndpoint(ann, { url: at("/redirect") })).toMatchObject({ statusCode: 302 });
    expect(seen).not.toContain("GET /elsewhere");
  });

  it("does not wait for the end of a body", async () => {
    expect(await checkEndpoint(ann, { url: at("/endless") })).toMatchObject({ statusCode: 200 });
  });

  it("gives up after five seconds", async () => {
    const answer = await checkEndpoint(ann, { url: at("/stall") });
    expect(answer).toMatchObject({ statusCode: null, error: "No answer within 5 seconds." });
    expect(answer.latencyMs).toBeGreaterThan(4_900);
    expect(answer.latencyMs).toBeLessThan(6_000);
  });

  it("asks twenty at once and lets the rest come again", async () => {
    const checks = Array.from({ length: 25 }, () => checkEndpoint(ann, { url: at("/") }));
    const results = await Promise.allSettled(checks);
    const refused = results.flatMap((result) => (result.status === "rejected" ? [result.reason] : []));
    expect(refused).toMatchObject(refused.map(() => ({ kind: "too-many-requests", retryAfterSeconds: 2 })));
    expect(refused).toHaveLength(5);
    expect(await checkEndpoint(ann, { url: at("/") })).toMatchObject({ statusCode: 200 });
  });

  it("says in words what went wrong", async () => {
    const closed = await checkEndpoint(ann, { url: "http://127.0.0.1:1/" });
    expect(closed.error).toContain("the connection was refused");
    const tls = await checkEndpoint(ann, { url: at("/").replace("http:", "https:") });
    expect(tls.error).toContain("http:// instead of https://");
    const smtp = await checkEndpoint(ann, { url: `http://127.0.0.1:${portOf(liar)}/` });
    expect(smtp.error).toBe("Its answer is not HTTP.");
    const unknown = await checkEndpoint(ann, { url: "http://no-such-host.invalid/" });
    expect(unknown.error).toMatch(/no host of this name|could not be looked up/);
  });

  it.each([
    ["ftp://127.0.0.1/", "url"],
    ["file:///etc/passwd", "url"],
    ["http://user:pass@127.0.0.1/", "url"],
    ["http://169.254.169.254/latest/meta-data", "url"],
    ["http://2852039166/", "url"],
    ["http://0xa9.0xfe.0xa9.0xfe/", "url"],
    ["http://0251.0376.0251.0376/", "url"],
    ["http://[fe80::1]/", "url"],
    ["http://[::ffff:169.254.169.254]/", "url"],
    ["http://[fd00:ec2::254]/", "url"],
    ["http://[64:ff9b::169.254.169.254]/", "url"],
    ["http://[64:ff9b:1::169.254.169.254]/", "url"],
    ["http://[::ffff:0:169.254.169.254]/", "url"],
  ])("refuses %s", async (url, path) => {
    await expect(checkEndpoint(ann, { url })).rejects.toMatchObject({ kind: "invalid", items: [{ path }] });
  });

  it("refuses a name when any of its addresses is link-local, before it connects", async () => {
    const addresses = [
      { address: "127.0.0.1", family: 4 },
      { address: "169.254.169.254", family: 4 },
    ];
    const lookup = vi.spyOn(dns, "lookup");
    lookup.mockImplementation((...given: unknown[]) => {
      const callback = given.at(-1);
      if (typeof callback === "function") callback(null, addresses);
    });
    const request = { url: `http://rebinding.example:${portOf(backend)}/rebound` };
    await expect(checkEndpoint(ann, request)).rejects.toMatchObject({ kind: "invalid", items: [{ path: "url" }] });
    expect(lookup).toHaveBeenCalledOnce();
    expect(seen).not.toContain("GET /rebound");
  });

  it("refuses a path with a line break", async () => {
    const request = { url: at("/"), path: "/a\r\nHost: evil" };
    await expect(checkEndpoint(ann, request)).rejects.toMatchObject({ kind: "invalid", items: [{ path: "path" }] });
  });

  it.each([
    ["169.254.0.1", true],
    ["169.253.255.255", false],
    ["127.0.0.1", false],
    ["10.0.0.1", false],
    ["::1", false],
    ["fe80::1%eth0", true],
    ["febf::1", true],
    ["fec0::1", false],
    ["::ffff:a9fe:a9fe", true],
    ["::169.254.169.254", true],
    ["2002:a9fe:a9fe::1", true],
    ["backend.example", false],
  ])("takes the address %s as refused: %s", (address, refused) => {
    expect(isRefusedAddress(address)).toBe(refused);
  });
});
