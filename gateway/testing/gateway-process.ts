import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

export const processSecret = "a secret for tests only";
export const processAdminToken = "an-admin-token-for-tests";

/** A port of this machine that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("a TCP address was expected");
  return address.port;
}

/** `node gateway/main.ts` as it runs in an installation. */
export class GatewayProcess {
  readonly port: number;
  readonly adminPort: number;
  output = "";
  readonly #child: ChildProcess;
  readonly #exit: Promise<number | null>;

  private constructor(child: ChildProcess, port: number, adminPort: number) {
    this.#child = child;
    this.port = port;
    this.adminPort = adminPort;
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding("utf8").on("data", (chunk: string) => {
        this.output += chunk;
      });
    }
    this.#exit = once(child, "exit").then(([code]) => code);
  }

  /** Starts it; `environment` adds to what it is told. */
  static async start(home: string, environment: Record<string, string>): Promise<GatewayProcess> {
    const port = Number(environment.GATEWAY_PORT ?? (await freePort()));
    const adminPort = await freePort();
    const child = spawn(process.execPath, [join(import.meta.dirname, "../main.ts")], {
      stdio: ["ignore", "pipe", "pipe"],
      env: {
        NODE_ENV: "production",
        PATH: process.env.PATH ?? "",
        FAIRLEAD_HOME: home,
        FAIRLEAD_SECRET: processSecret,
        GATEWAY_ADMIN_TOKEN: processAdminToken,
        GATEWAY_PORT: String(port),
        GATEWAY_ADMIN_PORT: String(adminPort),
        ...environment,
      },
    });
    return new GatewayProcess(child, port, adminPort);
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** Resolves when it is ready; fails when it ends or 15 s pass before. */
  async ready(): Promise<this> {
    for (let waited = 0; waited < 15_000; waited += 20) {
      const status = await fetch(`http://127.0.0.1:${this.adminPort}/readyz`).then(
        (response) => response.status,
        () => 0,
      );
      if (status === 200) return this;
      if (this.#child.exitCode !== null) break;
      await sleep(20);
    }
    throw new Error(`the gateway is not ready: ${this.output}`);
  }

  /** The body of `GET /status`. */
  async status(): Promise<Record<string, unknown>> {
    const response = await fetch(`http://127.0.0.1:${this.adminPort}/status`);
    return response.json();
  }

  signal(name: NodeJS.Signals): void {
    this.#child.kill(name);
  }

  /** The exit code, once it has ended. */
  ended(): Promise<number | null> {
    return this.#exit;
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) this.signal("SIGTERM");
    await this.#exit;
  }
}
