/**
 * What a token costs, run by hand: `node gateway/tokens/measure-cost.ts`. Measured is the time of a check, for tokens of
 * usual lengths that come again, and for such that come for the first time, by the algorithm that signed them.
 */
import { pino } from "pino";
import { type IssuerKey, makeKey, signToken, startIssuer } from "../../lib/jwt/testing/issuer.ts";
import { EndpointTlsStore } from "../certificates/endpoint-tls.ts";
import { apiWith } from "../testing/api-with.ts";
import { type TokenCheck, TokenChecks } from "./token-checks.ts";

const knownTokens = 1_000;
const knownTurns = 300;
const firstTokens = 500;
const algorithms = ["RS256", "PS256", "ES256", "EdDSA"] as const;

async function measure(): Promise<void> {
  const keys = await Promise.all(algorithms.map((algorithm) => makeKey(algorithm, algorithm)));
  const issuer = await startIssuer(...keys.map(({ publicKey }) => publicKey));
  const tls = new EndpointTlsStore({ secret: "", onUnusable: () => undefined });
  const log = pino({ level: "silent" });
  const checks = new TokenChecks({ tls, log, now: () => performance.now(), wallClock: Date.now });
  const check = checks.for(apiWith({ production: ["http://a.test"], runtime: { jwt: issuer.settings } }));
  if (!check) throw new Error("the API takes tokens");
  for (const key of keys) {
    // The first one fetches the keys.
    await check.check(await signToken(key));
    console.log(`${key.algorithm}, for the first time: ${words(await firstTimes(check, key))}`);
  }
  for (const key of keys) console.log(`${key.algorithm}, again: ${words(await knownTimes(check, key))}`);
  await issuer.stop();
}

/** µs of each check, one after the other. */
async function firstTimes(check: TokenCheck, key: IssuerKey): Promise<number[]> {
  const tokens = await tokensOf(key, firstTokens);
  const times: number[] = [];
  for (const token of tokens) {
    const since = performance.now();
    await check.check(token);
    times.push((performance.now() - since) * 1_000);
  }
  return times;
}

async function knownTimes(check: TokenCheck, key: IssuerKey): Promise<number[]> {
  const tokens = await tokensOf(key, knownTokens);
  for (const token of tokens) await check.check(token);
  const times: number[] = [];
  for (let turn = 0; turn < knownTurns; turn += 1) {
    const since = performance.now();
    for (const token of tokens) if (check.check(token) instanceof Promise) throw new Error("the token is known");
    times.push(((performance.now() - since) * 1_000) / tokens.length);
  }
  return times;
}

/** With claims as providers of identities write them, about 1 KiB each. */
function tokensOf(key: IssuerKey, count: number): Promise<string[]> {
  const roles = Array.from({ length: 20 }, (_, index) => `role-of-the-shop-${index}`);
  return Promise.all(Array.from({ length: count }, () => signToken(key, { jti: crypto.randomUUID(), roles })));
}

function words(times: readonly number[]): string {
  const sorted = times.toSorted((one, other) => one - other);
  const at = (share: number) => (sorted[Math.floor(sorted.length * share)] ?? Number.NaN).toFixed(1);
  return `median ${at(0.5)} µs, 99 % within ${at(0.99)} µs`;
}

await measure();
