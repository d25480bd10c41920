import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

/** Longer than anything that the gateway under test waits for, ms. */
const patienceMs = 5_000;

/** Says octets on one connection in pieces, and listens until it is closed. What was heard, and whether it was closed. */
export async function converse(port: number, pieces: readonly string[]): Promise<{ heard: string; isClosed: boolean }> {
  const socket = connect({ port, host: "127.0.0.1", noDelay: true });
  let heard = "";
  socket.setEncoding("latin1").on("data", (chunk: string) => {
    heard += chunk;
  });
  socket.on("error", () => undefined);
  const closed = new Promise<boolean>((resolve) => socket.once("close", () => resolve(true)));
  for (const [index, piece] of pieces.entries()) {
    if (index > 0) await sleep(1);
    if (socket.destroyed) break;
    socket.write(piece, "latin1");
  }
  const stop = new AbortController();
  const late = sleep(patienceMs, false, { signal: stop.signal }).catch(() => false);
  const isClosed = await Promise.race([closed, late]);
  stop.abort();
  socket.destroy();
  return { heard, isClosed };
}
