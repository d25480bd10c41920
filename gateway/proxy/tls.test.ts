import { execFile } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer, type Server } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { getCACertificates, setDefaultCACertificates, type TLSSocket } from "node:tls";
import { promisify } from "node:util";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { apiWith } from "../testing/api-with.ts";
import { call, codeOf } from "../testing/call.ts";
import { startGateway, type TestGateway } from "../testing/start-gateway.ts";
import { startBackend } from "../testing/stub-backend.ts";

const run = promisify(execFile);

let gateway: TestGateway;
let server: Server;
let port: number;
let certificate: string;
let connections = 0;
let serverNames: unknown[] = [];
const trusted = getCACertificates();

/** A certificate for localhost alone, signed by itself. */
async function makeCertificate(): Promise<{ key: string; cert: string }> {
  const folder = await mkdtemp(join(tmpdir(), "fairlead-tls-"));
  const [keyPath, certPath] = [join(folder, "key.pem"), join(folder, "cert.pem")];
  const subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"];
  const kind = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"];
  await run("openssl", ["req", "-x509", ...kind, "-keyout", keyPath, "-out", certPath, ...subject]);
  const made = { key: await readFile(keyPath, "utf8"), cert: await readFile(certPath, "utf8") };
  await rm(folder, { recursive: true });
  return made;
}

beforeAll(async () => {
  const made = await makeCertificate();
  certificate = made.cert;
  server = createServer(made, (request, response) => {
    response.end(`secure ${request.headers.host}`);
  });
  server.on("secureConnection", (socket: TLSSocket) => {
    connections += 1;
    serverNames.push(Reflect.get(socket, "servername"));
  });
  server.on("tlsClientError", () => undefined);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("a TCP address was expected");
  port = address.port;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(async () => {
  setDefaultCACertificates([...trusted, certificate]);
  connections = 0;
  serverNames = [];
  gateway = await startGateway();
});
afterEach(async () => {
  setDefaultCACertificates(trusted);
  await gateway.close();
});

describe("an https endpoint", () => {
  it("is asked for by its own name, whatever name the client called the gateway by", async () => {
    gateway.serve(apiWith({ kind: "single", production: [`https://localhost:${port}/`] }));
    for (const host of ["gateway.example", "10.0.0.1:8280", "other.example"]) {
      expect((await call(gateway.port, { headers: { Host: host } })).text).toBe(`secure localhost:${port}`);
    }
    expect([connections, serverNames]).toEqual([1, ["localhost"]]);
  });

  it("is not believed when its certificate is for another name", async () => {
    gateway.serve(apiWith({ kind: "single", production: [`https://127.0.0.1:${port}/`] }));
    const answer = await call(gateway.port);
    expect([answer.status, codeOf(answer)]).toEqual([502, "101500"]);
  });

  it("is not believed when nobody we trust signed its certificate; a POST then goes elsewhere, for nothing was sent", async () => {
    setDefaultCACertificates(trusted);
    const other = await startBackend("B");
    gateway.serve(apiWith({ production: [`https://localhost:${port}/`, other.url] }));
    expect((await call(gateway.port, { method: "POST", body: "x" })).text).toBe("B");
    expect(gateway.stateOf(0)).toBe("suspended");
    await other.stop();
  });
});
