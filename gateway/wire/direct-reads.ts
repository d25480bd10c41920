import { Socket, type SocketConstructorOpts } from "node:net";

const readBytes = 64 * 1024;

/** What all connections of a thread read into: whatever came has been copied or served before the next one reads. */
const shared = Buffer.allocUnsafeSlow(readBytes);

/** A connection that says what comes without a stream in between. */
export type DirectSocket = {
  socket: Socket;
  /** From here on it is a socket like any other, with a stream to read from. */
  becomeStream: () => void;
};

/**
 * Makes a socket that hands over what it reads at once: octets up to `bytes`, which are there until `onRead` returns. The
 * stream that a socket has otherwise, with new memory for every read, is a sixth of what an ordinary request costs.
 *
 * Node offers `onread` for sockets that connect, and has no word for those that a server has accepted. Hence the
 * connection moves from the accepted socket to a new one. For the server, the accepted one has ended then.
 *
 * @returns undefined when the accepted socket has no handle where it always had one: then it is to be used as it is
 */
export function readDirectly(
  accepted: Socket,
  onRead: (buffer: Buffer, bytes: number) => void,
): DirectSocket | undefined {
  const handle: unknown = Reflect.get(accepted, "_handle");
  if (typeof handle !== "object" || handle === null) return undefined;
  Reflect.set(accepted, "_handle", null);
  accepted.destroy();
  let isStream = false;
  const callback = (bytes: number) => {
    if (isStream) return socket.push(Buffer.from(shared.subarray(0, bytes)));
    onRead(shared, bytes);
    return true;
  };
  const options: SocketConstructorOpts = { allowHalfOpen: true, onread: { buffer: shared, callback } };
  Reflect.set(options, "handle", handle);
  const socket = new Socket(options);
  // Nothing is listened for, so nobody else sets it going.
  socket.resume();
  socket.read(0);
  return {
    socket,
    becomeStream: () => {
      isStream = true;
    },
  };
}
