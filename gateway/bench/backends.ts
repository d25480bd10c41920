import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { z } from "zod";
import { type RateLoad, type RateResult, rateResultSchema } from "./rate-load.ts";

/** Ports of backends: those that always answer, and those that reset the connection instead of every hundredth answer. */
const portsSchema = z.object({ steady: z.array(z.number()), failing: z.array(z.number()) });
export type BackendPorts = z.infer<typeof portsSchema>;

/** The process with the backends of a run. It ends with this one. */
export class Backends {
  readonly ports: BackendPorts;
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess, ports: BackendPorts) {
    this.#child = child;
    this.ports = ports;
  }

  static async start(): Promise<Backends> {
    const child = fork(join(import.meta.dirname, "backend-process.ts"), { execArgv: ["--max-semi-space-size=16"] });
    const [message] = await once(child, "message", { signal: AbortSignal.timeout(10_000) });
    return new Backends(child, portsSchema.parse(message));
  }

  /** Puts load on a proxy from the process of the backends: an even rate takes a thread that never waits for another. */
  async rateLoad(load: RateLoad): Promise<RateResult> {
    this.#child.send(load);
    const [message] = await once(this.#child, "message", { signal: AbortSignal.timeout((load.seconds + 20) * 1_000) });
    return rateResultSchema.parse(message);
  }

  stop(): void {
    this.#child.kill("SIGKILL");
  }
}
