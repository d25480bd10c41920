import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "../../scripts/free-port.ts";
import { gatewayFlags, gatewayMemory } from "../../scripts/gateway-flags.ts";
import { createTestDatabase } from "../../scripts/testing/database.ts";
import { type Child, startChild } from "./child.ts";
import { isRecord, type RestClient, restClient } from "./rest.ts";
import { waitFor } from "./wait-for.ts";

const root = join(import.meta.dirname, "../..");

/** Publisher, gateway and an own database, as processes of their own; all on loopback and free ports. */
export type Stack = {
  publisherUrl: string;
  gatewayUrl: string;
  gatewayAdminUrl: string;
  databaseUrl: string;
  adminToken: string;
  admin: { name: string; email: string; password: string };
  rest: RestClient;
  /** Stops the gateway and starts it again on the same ports and home, with another database address if given. */
  restartGateway: (databaseUrl?: string) => Promise<void>;
  /** Stops the publisher, which has to end by itself, and starts it again on the same port. */
  restartPublisher: () => Promise<void>;
  /** Starts one more gateway of the installation, with a home of its own; `stop` of the stack ends it. */
  addGateway: () => Promise<{ gatewayUrl: string; gatewayAdminUrl: string }>;
  /** Waits until the gateway serves this revision of an API. */
  waitUntilLive: (apiId: string, revision: number) => Promise<void>;
  stop: () => Promise<void>;
};

const admin = { name: "Ada Admin", email: "admin@example.com", password: "correct-horse-battery" };

/**
 * Starts a whole installation for one spec file.
 *
 * @param options.firstVisit leaves the administrator to the first visit instead of creating it
 * @param options.databaseUrl a database of the test's own, for instance behind a port that it can close
 */
export async function startStack(options: { firstVisit?: boolean; databaseUrl?: string } = {}): Promise<Stack> {
  const home = await mkdtemp(join(tmpdir(), "fairlead-e2e-"));
  const ownDatabase = options.databaseUrl === undefined ? await createTestDatabase() : undefined;
  const databaseUrl = options.databaseUrl ?? ownDatabase?.url ?? "";
  const [port, gatewayPort, adminPort] = [await freePort(), await freePort(), await freePort()];
  const publisherUrl = `http://127.0.0.1:${port}`;
  const gatewayUrl = `http://127.0.0.1:${gatewayPort}`;
  const gatewayAdminUrl = `http://127.0.0.1:${adminPort}`;
  const adminToken = "e2e-gateway-admin-token";
  const env = {
    NODE_ENV: "production",
    DATABASE_URL: databaseUrl,
    FAIRLEAD_HOME: home,
    FAIRLEAD_SECRET: "e2e-secret-that-is-long-enough-for-anybody",
    HOST: "127.0.0.1",
    PORT: String(port),
    GATEWAY_HOST: "127.0.0.1",
    GATEWAY_PORT: String(gatewayPort),
    GATEWAY_ADMIN_HOST: "127.0.0.1",
    GATEWAY_ADMIN_PORT: String(adminPort),
    GATEWAY_ADMIN_TOKEN: adminToken,
    GATEWAY_PUBLIC_URL: gatewayUrl,
    GATEWAY_WORKERS: "2",
    GATEWAY_WIRE_PATH: process.env.FAIRLEAD_TEST_PATH === "node" ? "off" : "on",
    LOG_LEVEL: "info",
    ...(options.firstVisit ? {} : { FAIRLEAD_ADMIN_EMAIL: admin.email, FAIRLEAD_ADMIN_PASSWORD: admin.password }),
  };
  const children: { publisher?: Child; gateway?: Child } = {};
  const added: { child: Child; home: string }[] = [];

  const stop = async () => {
    await Promise.all([
      children.publisher?.stop(),
      children.gateway?.stop(),
      ...added.map(({ child }) => child.stop()),
    ]);
    await Promise.all(added.map((gateway) => rm(gateway.home, { recursive: true, force: true })));
    await ownDatabase?.drop();
    await rm(home, { recursive: true, force: true });
  };
  const startGateway = async (url: string) => {
    children.gateway = startChild(
      [...gatewayFlags, "gateway/main.ts"],
      { ...env, ...gatewayMemory, DATABASE_URL: url },
      root,
    );
    await answers("the gateway", `${gatewayAdminUrl}/readyz`, children.gateway);
  };
  const startPublisher = async () => {
    const next = join(root, "node_modules/next/dist/bin/next");
    children.publisher = startChild([next, "start", "-H", "127.0.0.1", "-p", String(port)], env, root);
    await answers("the publisher", `${publisherUrl}/api/am/publisher/v4/openapi.json`, children.publisher);
  };

  try {
    await Promise.all([startPublisher(), startGateway(databaseUrl)]);
  } catch (error) {
    await stop();
    throw error;
  }

  return {
    publisherUrl,
    gatewayUrl,
    gatewayAdminUrl,
    databaseUrl,
    adminToken,
    admin,
    rest: restClient(publisherUrl, admin),
    restartGateway: async (url = databaseUrl) => {
      await children.gateway?.stop();
      await startGateway(url);
    },
    restartPublisher: async () => {
      if ((await children.publisher?.stop()) === null) throw new Error("The publisher did not stop and was killed.");
      await startPublisher();
    },
    addGateway: async () => {
      const ownHome = await mkdtemp(join(tmpdir(), "fairlead-e2e-"));
      const [traffic, administration] = [String(await freePort()), String(await freePort())];
      const own = { FAIRLEAD_HOME: ownHome, GATEWAY_PORT: traffic, GATEWAY_ADMIN_PORT: administration };
      const child = startChild(
        [...gatewayFlags, "gateway/main.ts"],
        { ...env, ...gatewayMemory, ...own, GATEWAY_WORKERS: "1" },
        root,
      );
      added.push({ child, home: ownHome });
      const urls = {
        gatewayUrl: `http://127.0.0.1:${traffic}`,
        gatewayAdminUrl: `http://127.0.0.1:${administration}`,
      };
      await answers("another gateway", `${urls.gatewayAdminUrl}/readyz`, child);
      return urls;
    },
    waitUntilLive: async (apiId, revision) => {
      await waitFor(`revision ${revision} of ${apiId} at the gateway`, async () =>
        (await runningRevision(gatewayAdminUrl, apiId)) === revision ? true : undefined,
      );
    },
    stop,
  };
}

async function answers(what: string, url: string, child: Child): Promise<void> {
  try {
    await waitFor(
      `${what} to answer`,
      async () => {
        const response = await fetch(url, { signal: AbortSignal.timeout(5_000) });
        await response.arrayBuffer();
        return response.ok ? true : undefined;
      },
      60_000,
    );
  } catch (error) {
    throw new Error(`${what} did not start:\n${child.output()}`, { cause: error });
  }
}

/** The revision of an API that the gateway serves, from its status. */
async function runningRevision(gatewayAdminUrl: string, apiId: string): Promise<number | undefined> {
  const response = await fetch(`${gatewayAdminUrl}/status`, { signal: AbortSignal.timeout(5_000) });
  const status: unknown = await response.json();
  const apis: unknown[] = isRecord(status) && Array.isArray(status.apis) ? status.apis : [];
  const api = apis.find((candidate) => isRecord(candidate) && candidate.id === apiId);
  return isRecord(api) && typeof api.revision === "number" ? api.revision : undefined;
}
