import { connect, type Socket } from "node:net";
import type { EndpointRuntime } from "../endpoints/endpoint-runtime.ts";
import { hearOut, keepReading } from "../proxy/hear-out.ts";
import type { Timed } from "./deadlines.ts";

/** Who uses a connection to an endpoint at the moment. */
export type LinkUser = {
  onConnected: () => void;
  /** Octets up to `end` have come. They are there until this returns: what is needed longer has to be copied. */
  onUpstreamData: (buffer: Buffer, end: number) => void;
  onUpstreamDrain: () => void;
  /** The endpoint has closed its side, in good order without an error. */
  onUpstreamClosed: (error: Error | undefined) => void;
  onUpstreamDeadline: () => void;
  /** A reload has taken the endpoint out, and the time to finish is over. */
  onEndpointRemoved: () => void;
  /** What one of these threw. */
  onFault: (error: unknown) => void;
};

/** What all connections of a thread read into: whatever came has been looked at before the next one reads. */
const shared = Buffer.allocUnsafeSlow(64 * 1024);

/** One connection to an endpoint. */
export class UpstreamLink implements Timed {
  readonly endpoint: EndpointRuntime;
  readonly socket: Socket;
  deadlineAt = Number.POSITIVE_INFINITY;
  user: LinkUser | undefined;
  isConnected = false;
  /** The endpoint takes no more, and may still have something to say. */
  isDeaf = false;
  /** Requests that it has carried before the present one. */
  uses = 0;
  readonly #onGone: (link: UpstreamLink) => void;
  #error: Error | undefined;
  #isOver = false;

  constructor(endpoint: EndpointRuntime, onGone: (link: UpstreamLink) => void) {
    const { hostname, port } = endpoint.target;
    this.endpoint = endpoint;
    this.#onGone = onGone;
    const onread = {
      buffer: shared,
      callback: (bytes: number, buffer: Uint8Array) => this.#onRead(bytes, buffer),
    };
    this.socket = connect({ host: hostname, port, noDelay: true, onread });
    hearOut(this.socket, (error) => {
      this.isDeaf = true;
      this.#error = error;
      keepReading(this.socket);
    });
    this.socket
      .on("connect", () => {
        this.isConnected = true;
        const { user } = this;
        try {
          user?.onConnected();
        } catch (error) {
          user?.onFault(error);
        }
      })
      .on("drain", () => this.user?.onUpstreamDrain())
      .on("end", () => this.#end())
      .on("error", (error) => {
        this.#error = error;
      })
      .on("close", () => this.#end());
  }

  onDeadline = (): void => {
    if (this.user) this.user.onUpstreamDeadline();
    else this.destroy();
  };

  /** Sends octets, or a string of one character for each; whether more may follow at once. */
  write(octets: Buffer | string): boolean {
    return this.isDeaf || this.socket.write(octets, "latin1");
  }

  /** Closes it; who uses it is not told. */
  destroy(): void {
    this.user = undefined;
    this.socket.destroy();
    this.#end();
  }

  #onRead(bytes: number, buffer: Uint8Array): boolean {
    const { user } = this;
    // An endpoint that speaks unasked is not understood any more.
    if (!user || !(buffer instanceof Buffer)) {
      this.destroy();
      return true;
    }
    try {
      user.onUpstreamData(buffer, bytes);
    } catch (error) {
      user.onFault(error);
    }
    return true;
  }

  #end(): void {
    if (this.#isOver) return;
    // What an error has to say comes after the end of the stream, and before its close.
    this.#isOver = true;
    const { user } = this;
    this.user = undefined;
    this.#onGone(this);
    user?.onUpstreamClosed(this.#error);
    this.socket.destroy();
  }
}
