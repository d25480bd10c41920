import { once } from "node:events";
import { createServer, type Server } from "node:https";
import type { TLSSocket } from "node:tls";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { seal, sealingKey } from "../../lib/db/sealed-text.ts";
import type { SnapshotCertificate } from "../../lib/model/endpoint-certificate.ts";
import { type Certified, makeCertificate } from "../../scripts/testing/make-certificate.ts";
import { apiWith } from "../testing/api-with.ts";
import { call, codeOf, sendRaw } from "../testing/call.ts";
import { startGateway, type TestGateway, testSecret } from "../testing/start-gateway.ts";

let authority: Certified;
let client: Certified;
let renewed: Certified;
let servers: Server[];
let plainPort: number;
let mutualPort: number;
let gateway: TestGateway;

/** Answers with the name that the client's certificate says. */
async function serve(options: object): Promise<[Server, number]> {
  const server = createServer(options, (request, response) => {
    const { socket } = request;
    const peer = (socket as TLSSocket).getPeerCertificate();
    response.end(`hello ${peer.subject?.CN ?? "nobody"} ${peer.serialNumber ?? ""}`);
  });
  server.on("tlsClientError", () => undefined);
  server.on("upgrade", (_request, socket) => {
    socket.end("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n");
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("a TCP address was expected");
  return [server, address.port];
}

beforeAll(async () => {
  authority = await makeCertificate({ name: "Private authority", isAuthority: true });
  const own = await makeCertificate({ name: "localhost", issuer: authority });
  client = await makeCertificate({ name: "gateway", issuer: authority });
  renewed = await makeCertificate({ name: "gateway renewed", issuer: authority });
  const mutual = { ...own, ca: authority.cert, requestCert: true, rejectUnauthorized: true };
  const [[plain, atPlain], [strict, atMutual]] = await Promise.all([serve(own), serve(mutual)]);
  servers = [plain, strict];
  plainPort = atPlain;
  mutualPort = atMutual;
});
afterAll(() => {
  for (const server of servers) {
    server.closeAllConnections();
    server.close();
  }
});
beforeEach(async () => {
  gateway = await startGateway();
});
afterEach(() => gateway.close());

const trusted = (host = "localhost"): SnapshotCertificate => ({ kind: "trusted", host, certificate: authority.cert });
const shown = ({ cert, key }: Certified, secret = testSecret): SnapshotCertificate => ({
  ...{ kind: "client", host: "localhost", certificate: cert },
  privateKey: seal(key, sealingKey(secret)),
});
const apiAt = (port: number, certificates: SnapshotCertificate[], healthCheck?: { path: string; intervalMs: number }) =>
  apiWith({
    kind: "single",
    production: [`https://localhost:${port}/`],
    ...(certificates.length > 0 && { certificates }),
    ...(healthCheck && { healthCheck }),
  });

describe("an endpoint whose certificate a private authority signed", () => {
  it("is believed where that authority is trusted at its host, and nowhere else", async () => {
    await gateway.serve(apiAt(plainPort, []));
    expect(codeOf(await call(gateway.port))).toBe("101500");
    await gateway.serve(apiAt(plainPort, [trusted("other.example")]));
    expect(codeOf(await call(gateway.port))).toBe("303001");
    await gateway.serve(apiAt(plainPort, [trusted(`localhost:${plainPort}`)]));
    expect((await call(gateway.port)).text).toBe("hello nobody ");
  });

  it("is not believed under another name, whatever is trusted", async () => {
    const api = apiWith({
      kind: "single",
      production: [`https://127.0.0.1:${plainPort}/`],
      certificates: [trusted("127.0.0.1")],
    });
    await gateway.serve(api);
    expect((await call(gateway.port)).status).toBe(502);
  });

  it("is checked with the same trust", async () => {
    await gateway.serve(apiAt(plainPort, [trusted()], { path: "/", intervalMs: 1_000 }));
    await expect
      .poll(() => gateway.gateway.metrics.text([]), { timeout: 8_000 })
      .toMatch(/health_checks_total\{[^}]*success[^}]*\} [1-9]/);
    expect(gateway.stateOf()).toBe("active");
  });
});

describe("an endpoint that asks who calls", () => {
  it("is shown the client certificate, by requests and by upgrades", async () => {
    await gateway.serve(apiAt(mutualPort, [trusted()]));
    expect((await call(gateway.port)).status).toBe(502);
    await gateway.serve(apiAt(mutualPort, [trusted(), shown(client)]));
    expect((await call(gateway.port)).text).toContain("hello gateway ");
    const upgrade = "GET /shop/1.0.0/ HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n";
    expect((await sendRaw(gateway.port, upgrade, 1_000)).text).toMatch(/^HTTP\/1\.1 101 /);
  });

  it("is shown a renewed certificate from the next connection on, without a request that fails", async () => {
    await gateway.serve(apiAt(mutualPort, [trusted(), shown(client)]));
    const before = await call(gateway.port);
    await gateway.serve(apiAt(mutualPort, [trusted(), shown(renewed)]));
    const after = await call(gateway.port);
    expect([before.status, after.status]).toEqual([200, 200]);
    expect(after.text).toContain("hello gateway renewed");
  });

  it("gets no certificate whose key was sealed under another secret, and the log says so without it", async () => {
    await gateway.serve(apiAt(mutualPort, [trusted(), shown(client, "another secret of this installation")]));
    expect((await call(gateway.port)).status).toBe(502);
    const line = gateway.logged.find(({ msg }) => msg === "certificates of an endpoint cannot be used");
    expect(line).toMatchObject({ host: `localhost:${mutualPort}`, reason: expect.stringContaining("FAIRLEAD_SECRET") });
    expect(JSON.stringify(gateway.logged)).not.toContain("PRIVATE KEY");
  });
});
