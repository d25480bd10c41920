import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, it, vi } from "vitest";
import { type OAuthSecurity, requestToken } from "./token-request.ts";

const closing: (() => void)[] = [];
afterEach(() => {
  vi.restoreAllMocks();
  for (const close of closing.splice(0)) close();
});

async function listening(behave: RequestListener): Promise<string> {
  const server = createServer(behave).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  closing.push(() => {
    server.closeAllConnections();
    server.close();
  });
  const isPort = (address: string | AddressInfo | null): address is AddressInfo =>
    typeof address === "object" && !!address;
  const address = server.address();
  return `http://127.0.0.1:${isPort(address) ? address.port : 0}/token`;
}

it.each<[string, RequestListener]>([
  ["never answers", () => undefined],
  [
    "answers one octet after the other",
    (_, response) => {
      const drip = setInterval(() => response.write(" "), 10);
      response.on("close", () => clearInterval(drip));
    },
  ],
  [
    "says again and again that it goes on",
    (request) => {
      const drip = setInterval(() => request.socket.write("HTTP/1.1 100 Continue\r\n\r\n"), 10);
      request.socket.on("close", () => clearInterval(drip)).on("error", () => undefined);
    },
  ],
])("a token server that %s is given up at the deadline, in words without a secret", async (_what, behave) => {
  const timeout = AbortSignal.timeout.bind(AbortSignal);
  const security: OAuthSecurity = {
    kind: "oauth",
    ...{ tokenUrl: await listening(behave), clientId: "gate", clientSecret: "hidden" },
    ...{ clientAuthentication: "BODY", scopes: [], customParameters: {}, owner: undefined },
  };
  vi.spyOn(AbortSignal, "timeout").mockImplementation(() => timeout(150));
  const asked = requestToken(security, undefined);
  await expect(asked).rejects.toThrow(/^the token server could not be asked: no answer within 10 s$/);
});
