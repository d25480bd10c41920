import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Issuer, makeKey, signToken, startIssuer } from "../../lib/jwt/testing/issuer.ts";
import { Backends } from "./backends.ts";
import { type BenchCase, benchCases } from "./cases.ts";
import { apache } from "./contenders/apache.ts";
import { caddy } from "./contenders/caddy.ts";
import type { Contender } from "./contenders/contender.ts";
import { fairlead } from "./contenders/fairlead.ts";
import { haproxy } from "./contenders/haproxy.ts";
import { nginx } from "./contenders/nginx.ts";
import { installNodeProxies, nodeProxies } from "./contenders/node-proxies.ts";
import { documentsOf, readResult, resultPath } from "./document.ts";
import type { Ground } from "./ground.ts";
import type { Installation } from "./installation.ts";
import { cores, describeMachine, requireMachine, wrkVersion } from "./machine.ts";
import { type BenchOptions, readOptions } from "./options.ts";
import { stopAll } from "./processes.ts";
import type { BenchResult, CaseResult } from "./result.ts";
import { runCase } from "./run-case.ts";
import { profileGateway } from "./run-profile.ts";
import { soakGateway, soakRows } from "./run-soak.ts";
import { profileRows, rowsOf, targetRows, textTable } from "./table.ts";
import { targetsIn } from "./targets.ts";

/** A run that takes longer, ms, is ended. */
const deadlineMs = 20 * 60_000;

const systemProxies: readonly Contender[] = [nginx, haproxy, apache, caddy];
const ourIds = ["fairlead", "fairlead-http-proxy"];
const contenderIds = [...ourIds, ...[...systemProxies, ...nodeProxies].map(({ id }) => id)];

/** `npm run bench`: everything but what an installation brings. Throws errors of one line. */
export async function runBench(args: string[], openInstallation: () => Promise<Installation>): Promise<void> {
  const caseIds = benchCases.map(({ id }) => id);
  const options = readOptions(args, caseIds, contenderIds);
  if (options.document) return writeDocuments(readResult());
  requireMachine();
  const run = new BenchRun(options);
  try {
    await run.measure(openInstallation);
  } catch (error) {
    // What was ended under it is no failure: the process ends as soon as everything is closed.
    if (run.isEnding) await new Promise(() => undefined);
    throw error;
  } finally {
    await run.close();
  }
}

/** What a run has started, until it is closed. */
class BenchRun {
  readonly #options: BenchOptions;
  readonly #directory = mkdtempSync(join(tmpdir(), "fairlead-bench-"));
  #installation: Promise<Installation> | undefined;
  #backends: Promise<Backends> | undefined;
  #issuer: Issuer | undefined;
  #closed: Promise<void> | undefined;
  /** Whether somebody has asked for the end of it. */
  isEnding = false;

  constructor(options: BenchOptions) {
    this.#options = options;
    // Proxies that give up the rights of root have to enter it.
    chmodSync(this.#directory, 0o755);
    for (const [signal, code] of [
      ["SIGINT", 130],
      ["SIGTERM", 143],
    ] as const)
      process.once(signal, () => this.#end(code));
    setTimeout(() => {
      console.error("The run has taken longer than twenty minutes.");
      this.#end(1);
    }, deadlineMs).unref();
  }

  async measure(openInstallation: () => Promise<Installation>): Promise<void> {
    const { only, profile, soak, write, rounds, seconds } = this.#options;
    this.#installation = openInstallation();
    this.#backends = Backends.start();
    const [installation, backends] = [await this.#installation, await this.#backends];
    const entered = await this.#enter(installation);
    const ground = { directory: this.#directory, backends: backends.ports, issuer: await this.#startIssuer() };
    const contenders = entered.filter(({ version }) => version !== undefined).map(({ contender }) => contender);
    const settings = { ground, backends, cores, contenders, rounds, seconds, progress };
    const chosen = benchCases.filter(({ id }) => !only || only.includes(id));
    const profileOf = async (one: BenchCase) => {
      const measured = await profileGateway(one, installation, cores.proxy, { ...settings, seconds: seconds * 2 });
      console.log(`\n${one.title}\n${textTable(profileRows(measured))}\n`);
      return measured;
    };
    if (profile) {
      for (const one of only ? chosen : chosen.slice(0, 1)) await profileOf(one);
      return;
    }
    if (soak) {
      console.log(`\n${textTable(soakRows(await soakGateway(installation, cores.proxy, settings)))}`);
      return;
    }
    const cases: CaseResult[] = [];
    for (const one of chosen) {
      cases.push(await runCase(one, settings));
      console.log(`\n${textTable(cases.slice(-1).flatMap(rowsOf))}\n`);
    }
    const result: BenchResult = {
      at: new Date().toISOString(),
      machine: describeMachine(),
      contenders: entered.map(({ contender: { id, title, install }, version }) => ({ id, title, version, install })),
      load: wrkVersion(),
      rounds,
      seconds,
      cases,
    };
    const targets = targetsIn(cases);
    if (targets.length > 0) console.log(textTable(targetRows(targets)));
    const [first] = chosen;
    if (!write || !first) return;
    const whole = { ...result, profile: await profileOf(first) };
    writeFileSync(resultPath, `${JSON.stringify(whole, undefined, 1)}\n`);
    writeDocuments(whole);
  }

  /** Ends every process and deletes every file of the run, once. */
  close(): Promise<void> {
    this.#closed ??= this.#close();
    return this.#closed;
  }

  async #close(): Promise<void> {
    const backends = await this.#backends?.catch(() => undefined);
    backends?.stop();
    await this.#issuer?.stop();
    await stopAll();
    const installation = await this.#installation?.catch(() => undefined);
    await installation?.close();
    rmSync(this.#directory, { recursive: true, force: true });
  }

  /** With a token as providers of identities write them, of about 1 KiB. */
  async #startIssuer(): Promise<Ground["issuer"]> {
    const key = await makeKey("bench");
    this.#issuer = await startIssuer(key.publicKey);
    const roles = Array.from({ length: 20 }, (_, index) => `role-of-the-shop-${index}`);
    return { settings: this.#issuer.settings, token: await signToken(key, { roles }) };
  }

  /** Everybody who is to take part, and which version of it there is. */
  async #enter(installation: Installation): Promise<{ contender: Contender; version: string | undefined }[]> {
    const { contenders: chosen } = this.#options;
    const isChosen = ({ id }: Contender) => !chosen || chosen.includes(id);
    if (nodeProxies.some(isChosen)) await installNodeProxies(progress);
    // An option in Connection that names a field makes a connection one for Node's HTTP server and http-proxy.
    const toNode = { Connection: "keep-alive, x-none" };
    const all = [
      fairlead(installation, "fairlead", "Fairlead"),
      ...systemProxies,
      fairlead(installation, "fairlead-http-proxy", "Fairlead, its other path", toNode),
      ...nodeProxies,
    ].filter(isChosen);
    return Promise.all(
      all.map(async (contender) => {
        const version = await contender.version();
        console.log(`${contender.title}: ${version ?? `missing, install it by: ${contender.install}`}`);
        return { contender, version };
      }),
    );
  }

  #end(code: number): void {
    this.isEnding = true;
    void this.close().finally(() => process.exit(code));
  }
}

function progress(line: string): void {
  console.log(`  ${line}`);
}

function writeDocuments(result: BenchResult): void {
  for (const [path, text] of Object.entries(documentsOf(result))) {
    writeFileSync(path, text);
    console.log(`Wrote ${path}.`);
  }
}
