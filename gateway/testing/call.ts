import { once } from "node:events";
import { type Agent, type IncomingMessage, type OutgoingHttpHeaders, request } from "node:http";
import { connect } from "node:net";

export type Answer = {
  status: number;
  headers: IncomingMessage["headers"];
  rawHeaders: string[];
  body: Buffer;
  text: string;
  trailers: NodeJS.Dict<string>;
};

export type CallOptions = {
  method?: string;
  path?: string;
  headers?: OutgoingHttpHeaders | string[];
  body?: Buffer | string;
  agent?: Agent;
};

/** One request on a connection of its own (or of the agent given), answered whole. Rejects when the stream breaks. */
export async function call(port: number, options: CallOptions = {}): Promise<Answer> {
  const { method = "GET", path = "/shop/1.0.0/items", headers = {}, body, agent } = options;
  const sent = request({ host: "127.0.0.1", port, method, path, headers, agent: agent ?? false });
  // The gateway may have answered and closed while the body is still being written.
  sent.on("error", () => undefined);
  sent.end(body);
  const [response]: IncomingMessage[] = await once(sent, "response");
  if (!response) throw new Error("a response was expected");
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk);
  const whole = Buffer.concat(chunks);
  return {
    status: response.statusCode ?? 0,
    headers: response.headers,
    rawHeaders: response.rawHeaders,
    body: whole,
    text: whole.toString(),
    trailers: response.trailers,
  };
}

/** `code` of the gateway's own error answer; undefined where the body is something else. */
export function codeOf(answer: { text: string }): string | undefined {
  try {
    const parsed: unknown = JSON.parse(answer.text);
    return typeof parsed === "object" && parsed !== null && "code" in parsed ? String(parsed.code) : undefined;
  } catch {
    return undefined; // An endpoint's body.
  }
}

/** Sends bytes as they are and returns everything that comes back until the gateway closes or `forMs` have passed. */
export async function sendRaw(port: number, bytes: string, forMs = 3_000): Promise<{ text: string; closed: boolean }> {
  const socket = connect(port, "127.0.0.1");
  let text = "";
  let closed = false;
  socket.setEncoding("latin1");
  socket.on("data", (chunk) => {
    text += chunk;
  });
  socket.on("error", () => undefined);
  socket.write(bytes, "latin1");
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, forMs);
    const onEnd = () => {
      closed = true;
      clearTimeout(timer);
      resolve();
    };
    socket.once("end", onEnd);
    socket.once("close", onEnd);
  });
  socket.destroy();
  return { text, closed };
}
