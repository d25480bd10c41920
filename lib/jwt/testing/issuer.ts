import { once } from "node:events";
import { createServer, type RequestListener, type Server } from "node:http";
import { createServer as createTlsServer, type Server as TlsServer } from "node:https";
import { CompactSign, exportJWK, generateKeyPair, type JWK, type JWTPayload } from "jose";
import type { JwtAlgorithm, JwtSettings } from "../../model/jwt-settings.ts";

/** A key of an issuer; `publicKey` is what it publishes. */
export type IssuerKey = {
  kid: string;
  algorithm: JwtAlgorithm;
  privateKey: CryptoKey;
  publicKey: JWK;
};

export async function makeKey(kid: string, algorithm: JwtAlgorithm = "ES256"): Promise<IssuerKey> {
  const { privateKey, publicKey } = await generateKeyPair(algorithm, { extractable: true });
  return {
    kid,
    algorithm,
    privateKey,
    publicKey: { ...(await exportJWK(publicKey)), kid, alg: algorithm, use: "sig" },
  };
}

/** A real server that publishes keys, and signs tokens for whoever asks. */
export type Issuer = {
  url: string;
  settings: JwtSettings;
  /** How many times the keys were asked for. */
  readonly asked: number;
  publish: (...keys: readonly object[]) => void;
  /** From now on answers like this. */
  behave: (behaviour: RequestListener) => void;
  stop: () => Promise<void>;
  restart: () => Promise<void>;
};

export async function startIssuer(...keys: readonly object[]): Promise<Issuer> {
  return startWith((listener) => createServer(listener), "http", keys);
}

/** The same over TLS. */
export async function startTlsIssuer(certified: { cert: string; key: string }, ...keys: object[]): Promise<Issuer> {
  return startWith((listener) => createTlsServer(certified, listener), "https", keys);
}

async function startWith(
  create: (listener: RequestListener) => Server | TlsServer,
  scheme: string,
  keys: readonly object[],
): Promise<Issuer> {
  let asked = 0;
  let behaviour: RequestListener = () => undefined;
  const server = create((request, response) => {
    asked += 1;
    behaviour(request, response);
  });
  server.on("tlsClientError", () => undefined);
  const listen = async (port: number) => {
    server.listen(port, "127.0.0.1");
    await once(server, "listening");
  };
  await listen(0);
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("a TCP address was expected");
  const url = `${scheme}://${scheme === "http" ? "127.0.0.1" : "localhost"}:${address.port}`;
  const publish = (...published: readonly object[]) => {
    behaviour = (_request, response) => {
      response.writeHead(200, { "Content-Type": "application/json" }).end(JSON.stringify({ keys: published }));
    };
  };
  publish(...keys);
  return {
    url,
    settings: {
      ...{ issuer: "https://issuer.example", audiences: ["shop"], jwksUrl: `${url}/jwks` },
      ...{ algorithms: ["RS256", "PS256", "ES256", "EdDSA"], clockToleranceSeconds: 30, scopes: [] },
      ...{ sandbox: null, consumer: null, forwardToken: false },
    },
    get asked() {
      return asked;
    },
    publish,
    behave: (next) => {
      behaviour = next;
    },
    stop: async () => {
      if (!server.listening) return;
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
    restart: () => listen(address.port),
  };
}

/** A token that is good for an hour, with these claims besides or instead; undefined takes one away. */
export async function signToken(
  key: IssuerKey,
  claims: JWTPayload = {},
  header: Record<string, unknown> = {},
  nowMs = Date.now(),
): Promise<string> {
  const now = Math.floor(nowMs / 1_000);
  const payload = { iss: "https://issuer.example", aud: "shop", sub: "ann", iat: now, exp: now + 3_600, ...claims };
  return signText(key, JSON.stringify(payload), header);
}

/** The same with claims that are any text. */
export function signText(key: IssuerKey, payload: string, header: Record<string, unknown> = {}): Promise<string> {
  const critical: Record<string, boolean> = {};
  if (Array.isArray(header.crit)) for (const name of header.crit) critical[String(name)] = true;
  return new CompactSign(new TextEncoder().encode(payload))
    .setProtectedHeader({ alg: key.algorithm, kid: key.kid, typ: "JWT", ...header })
    .sign(key.privateKey, { crit: critical });
}
