import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { fetchDefinition } from "./fetch-definition.ts";

const tooMuch = Buffer.alloc(1_048_576);

const answers: Record<string, RequestListener> = {
  "/openapi.yaml": (request, response) => response.end(`openapi: 3.0.0 # ${JSON.stringify(request.headers)}`),
  "/moved": (_, response) => response.writeHead(302, { location: "/openapi.yaml" }).end(),
  "/round": (_, response) => response.writeHead(301, { location: "/round" }).end(),
  "/to-metadata": (_, response) => response.writeHead(302, { location: "http://169.254.169.254/latest" }).end(),
  "/to-file": (_, response) => response.writeHead(302, { location: "file:///etc/passwd" }).end(),
  "/to-credentials": (_, response) => response.writeHead(302, { location: "http://a:b@127.0.0.1/" }).end(),
  "/missing": (_, response) => response.writeHead(404).end("no"),
  "/utf-16": (_, response) => response.end(Buffer.from("\uFEFFopenapi: 3.0.0", "utf16le")),
  "/compressed": (_, response) => response.writeHead(200, { "content-encoding": "gzip" }).end("x"),
  "/huge": (_, response) => response.writeHead(200, { "content-length": "52428800" }).end("x"),
  "/endless": (_, response) => {
    const more = () => response.write(tooMuch, () => !response.destroyed && setImmediate(more));
    more();
  },
  "/another-protocol": (request) =>
    request.socket.end("HTTP/1.1 101 Switching Protocols\r\nUpgrade: echo\r\nConnection: Upgrade\r\n\r\n"),
  "/silent": () => undefined,
  "/slow": (_, response) => response.write("openapi: "),
};

let server: Server;
let base: string;
beforeAll(async () => {
  server = createServer((request, response) => answers[request.url ?? ""]?.(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  base = `http://127.0.0.1:${isPort(address) ? address.port : 0}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
const isPort = (address: string | AddressInfo | null): address is AddressInfo =>
  typeof address === "object" && !!address;

describe("fetching a document", () => {
  it("follows redirects, tells where it came from, and takes nothing along", async () => {
    const { text, fetchedFrom } = await fetchDefinition(`${base}/moved`);
    expect(text).toMatch(/^openapi: 3\.0\.0/);
    expect(text).not.toMatch(/cookie|authorization/i);
    expect(fetchedFrom).toBe(`${base}/openapi.yaml`);
  });

  it.each([
    ["/round", "invalid", /leads on more than 3 times/],
    ["/to-metadata", "invalid", /link-local/],
    ["/to-file", "invalid", /leads on to what is no http/],
    ["/to-credentials", "invalid", /leads on to what is no http/],
    ["/missing", "invalid", /answers with status 404/],
    ["/another-protocol", "invalid", /answers with status 101; 200 and the document are expected/],
    ["/utf-16", "invalid", /is UTF-16\. Save it as UTF-8/],
    ["/compressed", "invalid", /answers compressed \(gzip\)/],
    ["/huge", "too-large", /at most 10 MiB/],
    ["/endless", "too-large", /at most 10 MiB/],
  ])("refuses %s", async (path, kind, message) => {
    await expect(fetchDefinition(base + path)).rejects.toMatchObject({ kind, message: expect.stringMatching(message) });
  });

  it.each([
    ["ftp://a.example/x", /begin with http/],
    ["http://ann:secret@a.example/", /Leave user name/],
    ["http://169.254.169.254/", /link-local/],
    ["http://[::ffff:169.254.169.254]/", /link-local/],
    ["http://127.0.0.1:1/", /connection was refused/],
    ["", /Enter the URL/],
  ])("refuses the URL %s", async (url, message) => {
    await expect(fetchDefinition(url)).rejects.toMatchObject({
      items: [{ path: "url", message: expect.stringMatching(message) }],
    });
  });

  it.each(["/silent", "/slow"])("gives up on %s at its deadline", async (path) => {
    const timeout = AbortSignal.timeout.bind(AbortSignal);
    vi.spyOn(AbortSignal, "timeout").mockImplementation(() => timeout(100));
    await expect(fetchDefinition(base + path)).rejects.toMatchObject({
      items: [{ message: expect.stringMatching(/^No answer within/) }],
    });
    vi.restoreAllMocks();
  });
});
