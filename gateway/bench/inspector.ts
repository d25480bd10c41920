import { once } from "node:events";
import { z } from "zod";
import { type CpuProfile, cpuProfileSchema } from "./profile.ts";

const messageSchema = z.object({
  id: z.number().optional(),
  method: z.string().optional(),
  params: z.unknown().optional(),
  result: z.unknown().optional(),
});
const attachedSchema = z.object({ sessionId: z.string() });
const fromWorkerSchema = z.object({ sessionId: z.string(), message: z.string() });
const stoppedSchema = z.object({ profile: cpuProfileSchema });
const targetsSchema = z.array(z.object({ webSocketDebuggerUrl: z.string() })).min(1);

const answerMs = 20_000;
/** Between two samples, µs. */
const intervalMicros = 200;

type Send = (method: string, params?: object) => Promise<unknown>;

/** Profiles the worker threads of a Node process by the inspector, while it is at work. */
export class WorkerProfiler {
  readonly #socket: WebSocket;
  readonly #answers = new Map<string, (result: unknown) => void>();
  readonly #sessions = new Set<string>();
  #lastId = 0;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.addEventListener("message", ({ data }) => this.#take("", String(data)));
  }

  /** @param port where the process was told to listen by `--inspect` */
  static async attach(port: number): Promise<WorkerProfiler> {
    const response = await fetch(`http://127.0.0.1:${port}/json/list`);
    const [target] = targetsSchema.parse(await response.json());
    const socket = new WebSocket(target?.webSocketDebuggerUrl ?? "");
    await once(socket, "open", { signal: AbortSignal.timeout(answerMs) });
    const profiler = new WorkerProfiler(socket);
    await profiler.#sender("")("NodeWorker.enable", { waitForDebuggerOnStart: false });
    return profiler;
  }

  async start(): Promise<void> {
    await this.#atEach(async (send) => {
      await send("Profiler.enable");
      await send("Profiler.setSamplingInterval", { interval: intervalMicros });
      await send("Profiler.start");
    });
  }

  /** What the workers have done since the start, one profile for each. */
  async stop(): Promise<CpuProfile[]> {
    return this.#atEach(async (send) => stoppedSchema.parse(await send("Profiler.stop")).profile);
  }

  close(): void {
    this.#socket.close();
  }

  #atEach<Result>(task: (send: Send) => Promise<Result>): Promise<Result[]> {
    return Promise.all([...this.#sessions].map((sessionId) => task(this.#sender(sessionId))));
  }

  /** To the main thread ("") or, in an envelope, to a worker. */
  #sender(sessionId: string): Send {
    return (method, params = {}) => {
      this.#lastId += 1;
      const id = this.#lastId;
      const { promise, resolve, reject } = Promise.withResolvers<unknown>();
      const timer = setTimeout(() => reject(new Error(`the inspector does not answer to ${method}`)), answerMs);
      this.#answers.set(`${sessionId} ${id}`, (result) => {
        clearTimeout(timer);
        resolve(result);
      });
      const message = JSON.stringify({ id, method, params });
      if (sessionId === "") this.#socket.send(message);
      else void this.#sender("")("NodeWorker.sendMessageToWorker", { sessionId, message });
      return promise;
    };
  }

  #take(sessionId: string, text: string): void {
    const { id, method, params, result } = messageSchema.parse(JSON.parse(text));
    if (id !== undefined) this.#answers.get(`${sessionId} ${id}`)?.(result);
    if (method === "NodeWorker.attachedToWorker") this.#sessions.add(attachedSchema.parse(params).sessionId);
    if (method === "NodeWorker.receivedMessageFromWorker") {
      const { sessionId: from, message } = fromWorkerSchema.parse(params);
      this.#take(from, message);
    }
  }
}
