import type { Socket } from "node:net";

/** What an endpoint said before it closed is in our own kernel already; reading it takes no longer than this, ms. */
const hearOutMs = 100;

/**
 * Lets an endpoint finish when it closes while it is being sent to. One that refuses a large body answers (413, 401), and
 * closes with bytes unread, which resets the connection: the next write fails, and Node would throw the connection away
 * with the answer in it. The client would not learn what was wrong, and the endpoint would be suspended for it. So a
 * failed write ends the connection a moment later; what can be read is read until then. RFC 9112 §9.6.
 *
 * @param onDeaf called when the endpoint takes no more; nothing should be written from then on
 */
export function hearOut(socket: Socket, onDeaf: (error: Error) => void = () => undefined): void {
  const destroy = socket.destroy.bind(socket);
  let hasFailed = false;
  socket.destroy = (error) => {
    const isWriteError = error !== undefined && "syscall" in error && error.syscall === "write";
    if (!isWriteError || hasFailed) return destroy(error);
    hasFailed = true;
    onDeaf(error);
    const timer = setTimeout(() => destroy(error), hearOutMs);
    // The end of what it said, or the reset, comes first as a rule.
    socket.once("end", () => setImmediate(() => destroy(error)));
    socket.once("close", () => clearTimeout(timer));
    return socket;
  };
}

/** Node marks the reading side of a socket as failed together with the writing side, and then emits no more of its data. */
export function keepReading(socket: Socket): void {
  const state: unknown = Reflect.get(socket, "_readableState");
  if (typeof state === "object" && state !== null) Reflect.set(state, "errored", null);
}
