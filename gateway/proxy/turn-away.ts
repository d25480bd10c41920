import { randomUUID } from "node:crypto";
import type { Server } from "node:http";
import type { Socket } from "node:net";
import { errorResponse } from "./error-answer.ts";
import type { ExchangeContext } from "./exchange-context.ts";
import { gatewayErrors } from "./gateway-error.ts";

/**
 * Lets so many connections through to whoever serves them, and answers the others at once: what is open already keeps the
 * memory that it needs.
 *
 * @param open how many there are
 */
export function turnAwayTooMany(
  server: Server,
  { clientLimits, metrics }: Pick<ExchangeContext, "clientLimits" | "metrics">,
  open: () => number,
): void {
  const serve = server.listeners("connection");
  server.removeAllListeners("connection");
  server.on("connection", (socket: Socket) => {
    if (open() < clientLimits.maxConnections) {
      for (const each of serve) each.call(server, socket);
      return;
    }
    metrics.countConnectionEnd("too-many");
    socket.on("error", () => undefined);
    socket.write(
      errorResponse(gatewayErrors.tooManyConnections, randomUUID(), { closes: true, isHead: false, more: [] }),
    );
    socket.destroySoon();
  });
}
