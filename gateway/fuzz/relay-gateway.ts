import { apiWith } from "../testing/api-with.ts";
import { startGateway, type TestGateway } from "../testing/start-gateway.ts";

/** A gateway that waits for nothing long, before one endpoint that is never suspended. */
export async function startRelayGateway(url: string): Promise<TestGateway> {
  const gateway = await startGateway({
    logLevel: "silent",
    wire: true,
    idleMs: { body: 400 },
    clientLimits: { headMs: 400, keepAliveMs: 400 },
  });
  const settings = { suspendInitialDurationMs: 0, responseTimeoutMs: 400 };
  await gateway.serve(apiWith({ kind: "single", production: [{ url, settings }] }));
  return gateway;
}

/** Cuts a text into up to three pieces, at places that the text itself decides. */
export function cutUp(text: string): string[] {
  const first = 1 + ((text.length * 7) % Math.max(1, text.length - 1));
  const second = first + Math.floor((text.length - first) / 2);
  const pieces = text.length % 3 === 0 ? [text] : [text.slice(0, first), text.slice(first, second), text.slice(second)];
  return pieces.filter((piece) => piece !== "");
}
