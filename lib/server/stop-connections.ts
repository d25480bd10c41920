import "server-only";
import { subscribe } from "node:diagnostics_channel";
import { Server } from "node:http";
import { Socket } from "node:net";
import { stopLiveStreams } from "./live/live-hub.ts";

const closeIdleIntervalMs = 100;

/**
 * Ends what would keep the publisher from stopping, which waits for every connection: streams that have no end, connections
 * that turn idle only after the server has closed, and those that a browser opened in advance without a request, which
 * are none of the idle ones for Node. Requests under way are answered.
 */
export function stopConnectionsOnSignal(): void {
  const unused = new Set<Socket>();
  const servers = new Set<Server>();
  subscribe("net.server.socket", (message) => {
    const socket = memberOf(message, "socket");
    if (!(socket instanceof Socket)) return;
    unused.add(socket);
    socket.once("close", () => unused.delete(socket));
  });
  subscribe("http.server.request.start", (message) => {
    const socket = memberOf(message, "socket");
    const server = memberOf(message, "server");
    if (socket instanceof Socket) unused.delete(socket);
    if (server instanceof Server) servers.add(server);
  });
  const stop = () => {
    stopLiveStreams();
    const release = () => {
      for (const socket of unused) if (socket.bytesRead === 0) socket.destroy();
      for (const server of servers) server.closeIdleConnections();
    };
    release();
    setInterval(release, closeIdleIntervalMs).unref();
  };
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, stop);
}

function memberOf(message: unknown, name: string): unknown {
  return typeof message === "object" && message !== null
    ? Object.entries(message).find(([key]) => key === name)?.[1]
    : undefined;
}
