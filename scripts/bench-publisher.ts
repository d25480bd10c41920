// npm run bench:publisher: how fast the publisher answers with 10,000 APIs and 1,000,000 audit rows stored, and what its
// pages weigh. Writes docs/performance-publisher.md. `-- --no-write` only prints.

import { createHash, createHmac, randomBytes } from "node:crypto";
import { writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import type { Client } from "pg";
import { type Browser, chromium } from "playwright";
import { z } from "zod";
import { untilAnswering } from "./answering.ts";
import { ensureApplicationRole, grantToApplication } from "./application-role.ts";
import { runCommand } from "./command.ts";
import { connectTo } from "./database-connection.ts";
import { freePort } from "./free-port.ts";
import { applyMigrations } from "./migrations.ts";
import { mostScriptBytes, weighScripts } from "./page-scripts.ts";
import { generatePrismaClient, isPrismaClientCurrent } from "./prisma-client.ts";
import { step } from "./progress.ts";
import { buildPublisher, isPublisherBuilt, nextCommand } from "./publisher-build.ts";
import { rootDirectory } from "./root-directory.ts";
import { SupervisedProcess } from "./supervised-process.ts";
import { startTemporaryCluster } from "./temporary-cluster.ts";
import { chromiumLaunchOptions } from "./testing/chromium.ts";

const apis = 10_000;
const auditRows = 1_000_000;
const admin = { email: "bench@fairlead.example", password: "correct-horse-battery" };
const readP95Ms = 50;
const writeP95Ms = 150;
const pageP95Ms = 300;
const interactiveMs = 1_500;

type Line = { what: string; measured: string; bound: string; isReached: boolean };
type Call = (path: string, options?: RequestInit) => Promise<Response>;

const createdSchema = z.object({ id: z.string() });

await runCommand(async () => {
  if (!isPrismaClientCurrent()) await generatePrismaClient();
  if (!isPublisherBuilt()) await step("building the publisher", () => buildPublisher());
  const cluster = await startTemporaryCluster();
  let publisher: SupervisedProcess | undefined;
  try {
    const ownerUrl = cluster.url("postgres");
    await applyMigrations(ownerUrl);
    const databaseUrl = await ensureApplicationRole(ownerUrl, randomBytes(18).toString("base64url"));
    await grantToApplication(ownerUrl);
    const secret = randomBytes(32).toString("base64url");
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    const env = {
      ...process.env,
      ...{ NODE_ENV: "production" as const, NEXT_TELEMETRY_DISABLED: "1", LOG_LEVEL: "error", HOST: "127.0.0.1" },
      ...{ DATABASE_URL: databaseUrl, FAIRLEAD_SECRET: secret, PORT: String(port) },
      ...{ FAIRLEAD_ADMIN_EMAIL: admin.email, FAIRLEAD_ADMIN_PASSWORD: admin.password },
    };
    publisher = new SupervisedProcess({
      name: "the publisher",
      args: [nextCommand, "start", "-H", "127.0.0.1", "-p", String(port)],
      env,
    });
    await untilAnswering("the publisher", `${url}/sign-in`, publisher, new AbortController().signal);
    const basic = `Basic ${Buffer.from(`${admin.email}:${admin.password}`).toString("base64")}`;
    const first = await createFirstApi(url, basic);
    const client = await connectTo(ownerUrl);
    const keys = await step(`storing ${apis} APIs and ${auditRows} audit rows`, () =>
      seed(client, first, secret),
    ).finally(() => client.end());
    const lines = await step("measuring", () => measure(url, keys));
    console.log(`\n${table(lines)}\n`);
    if (!process.argv.includes("--no-write")) writeReport(lines);
    return 0;
  } finally {
    await publisher?.close();
    await cluster.close();
  }
});

/** One API made by the publisher itself: the others are copies of its rows. */
async function createFirstApi(url: string, authorization: string): Promise<string> {
  const response = await fetch(`${url}/api/am/publisher/v4/apis`, {
    method: "POST",
    headers: { authorization, "content-type": "application/json" },
    body: JSON.stringify({
      ...{ name: "Bench", context: "/bench", version: "1.0.0" },
      endpointConfig: {
        endpoint_type: "load_balance",
        production_endpoints: [{ url: "http://127.0.0.1:9001/" }, { url: "http://127.0.0.1:9002/" }],
      },
    }),
  });
  return createdSchema.parse(await response.json()).id;
}

type Keys = { token: string; cookie: string; apiId: string };

async function seed(client: Client, first: string, secret: string): Promise<Keys> {
  await client.query(
    `INSERT INTO "user" (id, name, email, email_verified, role, created_at, updated_at)
     SELECT 'bench-' || n, 'Publisher ' || n, 'bench-' || n || '@example.com', true, 'publisher', now(), now()
     FROM generate_series(1, 50) n`,
  );
  const columns = await client.query(
    "SELECT string_agg(quote_ident(column_name), ', ') AS names FROM information_schema.columns WHERE table_name = 'api' AND column_name NOT IN ('id', 'name', 'context', 'path', 'owner_id', 'revision', 'change_revision', 'lifecycle_state', 'updated_at')",
  );
  const { names } = z.object({ names: z.string() }).parse(columns.rows[0]);
  await client.query(
    `INSERT INTO api (id, name, context, path, owner_id, revision, change_revision, lifecycle_state, updated_at, ${names})
     SELECT gen_random_uuid(), 'Bench' || n, '/bench' || n, '/bench' || n || '/1.0.0', 'bench-' || (1 + n % 50), 1 + n, 1 + n,
       (ARRAY['CREATED', 'PUBLISHED', 'DEPRECATED'])[1 + n % 3], now() - n * interval '1 minute', ${names}
     FROM api, generate_series(1, $1::int) n WHERE id = $2`,
    [apis - 1, first],
  );
  await client.query("UPDATE config_revision SET revision = $1", [apis + 1]);
  await client.query(
    `INSERT INTO audit_event (at, actor_id, actor_name, action, subject_id, subject, detail, address, credential)
     SELECT now() - ($1::int - n) * interval '20 seconds', 'bench-' || (1 + n % 50), 'Publisher ' || (1 + n % 50),
       (ARRAY['api.update', 'api.create', 'api.lifecycle', 'api-key.create', 'user.role'])[1 + (n / 7) % 5],
       'subject-' || n % 10000, 'Bench' || n % 10000 || ' 1.0.0',
       '{"changes": [{"subject": "Session Timeout", "before": "120,000 ms", "after": "60,000 ms"}]}', '192.0.2.1', 'session'
     FROM generate_series(1, $1::int) n`,
    [auditRows],
  );
  await client.query("ANALYZE");
  const token = `flp_${randomBytes(32).toString("base64url")}`;
  const owner = await client.query(`SELECT id FROM "user" WHERE email = $1`, [admin.email]);
  const { id: userId } = createdSchema.parse(owner.rows[0]);
  await client.query(
    `INSERT INTO access_token (id, user_id, name, hash, prefix, created_at) VALUES (gen_random_uuid(), $1, 'bench', $2, 'flp_', now())`,
    [userId, createHash("sha256").update(token).digest("hex")],
  );
  const session = randomBytes(24).toString("base64url");
  await client.query(
    `INSERT INTO session (id, token, user_id, expires_at, created_at, updated_at) VALUES ('bench', $1, $2, now() + interval '1 day', now(), now())`,
    [session, userId],
  );
  const signature = createHmac("sha256", secret).update(session).digest("base64");
  const cookie = `fairlead.session_token=${encodeURIComponent(`${session}.${signature}`)}`;
  return { token, cookie, apiId: first };
}

async function measure(url: string, { token, cookie, apiId }: Keys): Promise<Line[]> {
  const api = `${url}/api/am/publisher/v4/apis`;
  const rest: Call = (path, options = {}) =>
    fetch(`${api}${path}`, {
      ...options,
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    });
  const page: Call = (path) => fetch(`${url}${path}`, { headers: { cookie }, redirect: "error" });
  const lines: Line[] = [];
  lines.push(await timed("REST: one API", readP95Ms, 200, () => rest(`/${apiId}`)));
  lines.push(await timed("REST: keys of one API", readP95Ms, 200, () => rest(`/${apiId}/api-keys`)));
  let number = 0;
  const document: unknown = await (await rest(`/${apiId}`)).json();
  const stored = z.record(z.string(), z.unknown()).parse(document);
  lines.push(
    await timed("REST: save an API", writeP95Ms, 100, () => {
      number += 1;
      return rest(`/${apiId}`, { method: "PUT", body: JSON.stringify({ ...stored, description: `Write ${number}` }) });
    }),
  );
  lines.push(
    await timed("REST: create an API", writeP95Ms, 100, () => {
      number += 1;
      const made = { name: `Made${number}`, context: `/made${number}`, version: "1" };
      return rest("", { method: "POST", body: JSON.stringify(made) });
    }),
  );
  for (const [what, path] of [
    ["Stored APIs", "/admin/apis"],
    ["Stored APIs, by owner and state", "/admin/apis?ownerId=bench-7&state=PUBLISHED"],
    ["Stored APIs, not live, page 40", "/admin/apis?notLive=true&page=40&sort=name"],
    ["Stored APIs, searched", "/admin/apis?query=bench99"],
    ["Audit log", "/admin/audit"],
    ["Audit log, by actor and action", "/admin/audit?actor=Publisher+7&action=api.update"],
    ["Audit log, by subject", "/admin/audit?subject=bench77"],
    ["Audit log, one week long ago", "/admin/audit?from=2026-06-01&to=2026-06-08"],
    ["Audit log, what is nowhere", "/admin/audit?subject=nothing-like-it"],
  ] as const) {
    lines.push(await timed(`Page: ${what}`, pageP95Ms, 40, () => page(path)));
  }
  const sections = ["overview", "design", "runtime", "resources", "endpoints", "try-out", "subscriptions", "history"];
  const paths = [
    "/apis",
    ...sections.map((section) => `/apis/${apiId}/${section}`),
    ...["/admin/apis", "/admin/audit", "/admin/gateways", "/admin/system", "/admin/users", "/account"],
  ];
  for (const path of paths) {
    lines.push(await weighed(url, path.replace(apiId, "…"), await (await page(path)).text()));
  }
  const browser = await chromium.launch(await chromiumLaunchOptions());
  try {
    for (const path of paths) lines.push(await interactive(browser, url, path.replace(apiId, "…"), path, cookie));
  } finally {
    await browser.close();
  }
  return lines;
}

/** The 95th percentile of calls one after the other, after some that warm up. */
async function timed(what: string, boundMs: number, calls: number, call: () => Promise<Response>): Promise<Line> {
  const times: number[] = [];
  for (let index = -5; index < calls; index += 1) {
    const begun = performance.now();
    const response = await call();
    await response.arrayBuffer();
    if (!response.ok) throw new Error(`${what}: ${response.status}`);
    if (index >= 0) times.push(performance.now() - begun);
  }
  times.sort((one, other) => one - other);
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0;
  const measured = `${at(0.5).toFixed(1)} ms, p95 ${at(0.95).toFixed(1)} ms`;
  return { what, measured, bound: `p95 ${boundMs} ms`, isReached: at(0.95) < boundMs };
}

async function weighed(url: string, name: string, html: string): Promise<Line> {
  const { ownBytes, allBytes } = await weighScripts(url, html);
  return {
    what: `Script of ${name}`,
    measured: `${(ownBytes / 1_024).toFixed(0)} KiB, ${(allBytes / 1_024).toFixed(0)} KiB with the framework`,
    bound: `${mostScriptBytes / 1_024} KiB`,
    isReached: ownBytes < mostScriptBytes,
  };
}

/** How long after the address is asked for what the page offers first listens, in a browser that is new to it. */
async function interactive(browser: Browser, url: string, name: string, path: string, cookie: string): Promise<Line> {
  const times: number[] = [];
  for (let visit = 0; visit < 7; visit += 1) {
    const context = await browser.newContext({ extraHTTPHeaders: { cookie }, viewport: { width: 1440, height: 900 } });
    const page = await context.newPage();
    await page.goto(`${url}${path}`, { waitUntil: "commit" });
    // React leaves its mark on an element as soon as it listens to it.
    const atMs = await page.waitForFunction(() => {
      const offered = document.querySelector("main :is(button, a, input)") ?? document.querySelector("button, a");
      return offered && Object.keys(offered).some((key) => key.startsWith("__reactProps")) ? performance.now() : false;
    });
    times.push(Number(await atMs.jsonValue()));
    await context.close();
  }
  times.sort((one, other) => one - other);
  const [median = 0, worst = 0] = [times[Math.floor(times.length / 2)], times.at(-1)];
  return {
    what: `${name} is interactive`,
    measured: `${median.toFixed(0)} ms, ${worst.toFixed(0)} ms at worst`,
    bound: `${interactiveMs} ms`,
    isReached: worst < interactiveMs,
  };
}

function table(lines: readonly Line[]): string {
  const rows = lines.map(
    ({ what, measured, bound, isReached }) =>
      `| ${what} | ${measured} | ${bound} | ${isReached ? "reached" : "**not reached**"} |`,
  );
  return ["| | measured | bound | |", "| --- | --- | --- | --- |", ...rows].join("\n");
}

function writeReport(lines: readonly Line[]): void {
  const machine = `${cpus().length} cores, ${cpus()[0]?.model.trim() ?? "unknown"}, Node ${process.versions.node}`;
  const text = `# How fast the publisher is

With ${apis.toLocaleString("en-US")} APIs and ${auditRows.toLocaleString("en-US")} audit rows stored, one call after the other, publisher, PostgreSQL and
the measuring on one machine (${machine}). \`npm run bench:publisher\` measures it anew and writes this page. Scripts are what
a page loads at first, compressed by gzip; the bound is for our own and what we chose, without React and the runtime of Next.js.

${table(lines)}
`;
  const file = join(rootDirectory, "docs/performance-publisher.md");
  writeFileSync(file, text);
  console.log(`Wrote ${file}`);
}
