/** Something that runs until somebody stops it. */
export interface Running {
  /** Resolves when it is up. */
  start(): Promise<void>;
  /** Ends everything that was started, also after a start that failed or is under way. */
  close(): Promise<void>;
  /** Called during `close()` when waiting takes somebody too long. */
  hasten(): void;
}

// One Ctrl-C arrives up to three times: from the terminal, and passed on by npm and by the bootstrap.
const echoMs = 1_000;

/**
 * Starts, waits for SIGINT or SIGTERM, and stops: exit code 0. A second signal hastens. A start that fails is
 * cleaned up before its failure goes on.
 */
export async function untilStopped(running: Running, whenUp: () => Promise<void>): Promise<number> {
  const asked = askedToStop(running);
  try {
    const up = running.start().then(whenUp);
    // Whoever asks during the start does not care how it would have ended.
    up.catch(() => undefined);
    await Promise.race([up.then(() => asked), asked]);
  } finally {
    await running.close();
  }
  console.log("Fairlead: stopped");
  return 0;
}

function askedToStop(running: Running): Promise<void> {
  return new Promise((resolve) => {
    let firstAt: number | undefined;
    const onSignal = () => {
      const now = performance.now();
      if (firstAt === undefined) {
        firstAt = now;
        console.log("Fairlead: stopping, once the requests in flight are answered …");
        resolve();
      } else if (now - firstAt > echoMs) {
        running.hasten();
      }
    };
    process.on("SIGINT", onSignal);
    process.on("SIGTERM", onSignal);
    // The bootstrap was killed: nobody could end us any more.
    const parent = process.ppid;
    setInterval(() => firstAt !== undefined || process.ppid === parent || onSignal(), 500).unref();
  });
}
