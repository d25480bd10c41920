import { once } from "node:events";
import { createServer, type Server } from "node:https";
import { getCACertificates, setDefaultCACertificates, type TLSSocket } from "node:tls";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { makeCertificate } from "../../scripts/testing/make-certificate.ts";
import { apiWith } from "../testing/api-with.ts";
import { call, codeOf } from "../testing/call.ts";
import { startGateway, type TestGateway } from "../testing/start-gateway.ts";
import { startBackend } from "../testing/stub-backend.ts";

let gateway: TestGateway;
let server: Server;
let port: number;
let certificate: string;
let connections = 0;
let serverNames: unknown[] = [];
const trusted = getCACertificates();

beforeAll(async () => {
  const made = await makeCertificate({ name: "localhost" });
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
