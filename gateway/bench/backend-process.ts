// The backends of a run in one process: each answers at a port of its own, as cheaply as Node can. It makes load at a
// constant rate too, which takes a thread that watches the clock without a pause.

import { once } from "node:events";
import { createServer, type Server, type Socket } from "node:net";
import { BackendRequests } from "./backend-request.ts";
import { rateLoadSchema, runRateLoad } from "./rate-load.ts";

const members = 3;
/** At a failing backend, every so many requests get no answer but a reset. */
const failEvery = 100;

const answerOf = (size: number) =>
  Buffer.from(`HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: ${size}\r\n\r\n${"x".repeat(size)}`);
const small = answerOf(1_024);
const large = answerOf(64 * 1_024);

function serve(socket: Socket, isAnswered: () => boolean): void {
  socket.setNoDelay(true);
  const requests = new BackendRequests(({ isLarge }) => {
    if (isAnswered()) socket.write(isLarge ? large : small);
    else socket.resetAndDestroy();
  });
  socket.on("data", (chunk) => requests.push(chunk));
  socket.on("error", () => socket.destroy());
}

async function listen(isAnswered: () => boolean): Promise<number> {
  const server: Server = createServer((socket) => serve(socket, isAnswered));
  server.listen({ port: 0, host: "127.0.0.1", backlog: 4_096 });
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("a TCP address was expected");
  return address.port;
}

function failing(): () => boolean {
  let count = 0;
  return () => {
    count += 1;
    return count % failEvery !== 0;
  };
}

// Whoever asks gets load from here as well.
process.on("message", async (message) => process.send?.(await runRateLoad(rateLoadSchema.parse(message))));
process.once("disconnect", () => process.exit(0));
const steady = await Promise.all(Array.from({ length: members }, () => listen(() => true)));
const broken = await Promise.all(Array.from({ length: members }, () => listen(failing())));
process.send?.({ steady, failing: broken });
