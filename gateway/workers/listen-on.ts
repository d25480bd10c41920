import { once } from "node:events";
import type { Server } from "node:net";
import type { Logger } from "pino";

/** Opens a port and returns its number, or throws an error of one line that names the port and its variable. */
export async function listenOn(
  server: Server,
  address: { host: string; port: number; reusePort?: boolean },
  variable: string,
  log: Logger,
): Promise<number> {
  try {
    server.listen(address);
    await once(server, "listening");
  } catch (error) {
    const isTaken = error instanceof Error && "code" in error && error.code === "EADDRINUSE";
    const reason = isTaken
      ? "is taken by another process"
      : `cannot be opened (${error instanceof Error ? error.message : error})`;
    throw new Error(`Port ${address.port} of ${address.host} ${reason}: set ${variable} to another one.`, {
      cause: error,
    });
  }
  // A connection that cannot be accepted (no descriptor left) must not end all the others.
  server.on("error", (error) => log.error({ error: error.message }, "connection not accepted"));
  const opened = server.address();
  return opened !== null && typeof opened === "object" ? opened.port : address.port;
}
