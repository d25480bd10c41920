import { once } from "node:events";
import { connect, type Socket } from "node:net";

/** Opened at once, at the most: more would overflow a listener's backlog. */
const batch = 100;
const deadlineMs = 10_000;

/** Client connections on each of which one request was answered, and which carry nothing from then on. */
export class IdleConnections {
  readonly #sockets: Socket[] = [];

  static async open(port: number, count: number, path: string, headers: Record<string, string>) {
    const idle = new IdleConnections();
    const fields = Object.entries({ Host: `127.0.0.1:${port}`, ...headers }).map((field) => `${field.join(": ")}\r\n`);
    const request = `GET ${path} HTTP/1.1\r\n${fields.join("")}\r\n`;
    try {
      while (idle.#sockets.length < count) {
        const size = Math.min(batch, count - idle.#sockets.length);
        await Promise.all(Array.from({ length: size }, () => idle.#add(port, request)));
      }
    } catch (error) {
      idle.close();
      throw error;
    }
    return idle;
  }

  close(): void {
    for (const socket of this.#sockets) socket.resetAndDestroy();
  }

  async #add(port: number, request: string): Promise<void> {
    const socket = connect(port, "127.0.0.1");
    this.#sockets.push(socket);
    socket.write(request);
    await once(socket, "data", { signal: AbortSignal.timeout(deadlineMs) });
    socket.on("data", () => undefined);
    socket.on("error", () => undefined);
  }
}
