import { connect, createServer, type Socket } from "node:net";

/** A TCP port in front of another one, which a test can close: what is behind it is gone for everybody in front. */
export type ClosablePort = { port: number; open: () => Promise<void>; close: () => Promise<void> };

/** Opens a port that relays to `target` on loopback. */
export async function closablePort(target: { host: string; port: number }): Promise<ClosablePort> {
  const sockets = new Set<Socket>();
  let port = 0;
  const server = createServer((client) => {
    const upstream = connect(target);
    for (const [socket, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(socket);
      socket.on("close", () => {
        sockets.delete(socket);
        other.destroy();
      });
      socket.on("error", () => other.destroy());
      socket.pipe(other);
    }
  });
  const open = () =>
    new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen(port, "127.0.0.1", () => {
        const address = server.address();
        if (address !== null && typeof address !== "string") port = address.port;
        resolve();
      });
    });
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      for (const socket of sockets) socket.destroy();
    });
  await open();
  return { port, open, close };
}
