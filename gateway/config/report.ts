import type { Logger } from "pino";
import type { GatewayReport } from "../../lib/model/gateway-report.ts";

/** How long taking leave may take when the database is silent, ms. */
const leaveMs = 2_000;

/** Where reports go. */
export type ReportTarget = {
  record: (report: GatewayReport) => Promise<void>;
  forget: () => Promise<void>;
};

/**
 * Tells the installation what this gateway serves: when it changes, and regularly as a sign of life. One report is on
 * its way at most, so a database that is silent piles nothing up.
 */
export class Reporter {
  readonly #target: ReportTarget;
  readonly #describe: () => GatewayReport | undefined;
  readonly #log: Logger;
  readonly #timer: NodeJS.Timeout;
  #running: Promise<void> | undefined;
  #isAskedAgain = false;

  /** @param describe what there is to report; undefined before the first configuration */
  constructor(target: ReportTarget, describe: () => GatewayReport | undefined, intervalMs: number, log: Logger) {
    this.#target = target;
    this.#describe = describe;
    this.#log = log;
    this.#timer = setInterval(() => this.tell(), intervalMs);
  }

  /** Reports now, or once more after the report that is on its way. */
  tell(): void {
    if (this.#running) {
      this.#isAskedAgain = true;
      return;
    }
    this.#running = this.#report().finally(() => {
      this.#running = undefined;
      if (!this.#isAskedAgain) return;
      this.#isAskedAgain = false;
      this.tell();
    });
  }

  /** Takes the gateway out of the list. */
  async close(): Promise<void> {
    clearInterval(this.#timer);
    const leave = async () => {
      await this.#running;
      await this.#target.forget();
    };
    const { promise: late, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, leaveMs);
    await Promise.race([leave().catch(() => undefined), late]);
    clearTimeout(timer);
  }

  async #report(): Promise<void> {
    const report = this.#describe();
    if (!report) return;
    try {
      await this.#target.record(report);
    } catch (error) {
      this.#log.debug({ error: error instanceof Error ? error.message : String(error) }, "report not written");
    }
  }
}
