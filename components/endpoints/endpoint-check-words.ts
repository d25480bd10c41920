import type { EndpointCheck } from "@/lib/model/endpoint-check.ts";

/** An answer to "Check endpoint status" in words, and how it is to be taken. */
export type CheckWords = { tone: "success" | "warning" | "error"; text: string };

/** Any HTTP answer means that the endpoint can be reached; whether it is the right one is for the reader to say. */
export function endpointCheckWords(check: EndpointCheck): CheckWords {
  const latency = `${check.latencyMs} ms`;
  if (check.statusCode === null) {
    return { tone: "error", text: `${check.error ?? "No answer"} · ${latency}` };
  }
  const status = `${check.statusCode} ${check.statusMessage}`.trim();
  return {
    tone: check.statusCode < 400 ? "success" : "warning",
    text: [status, latency, ...tlsWords(check.tls)].join(" · "),
  };
}

function tlsWords(tls: EndpointCheck["tls"]): string[] {
  if (!tls) return [];
  const until = tls.validTo?.toLocaleDateString("en-GB", { day: "numeric", month: "short", year: "numeric" });
  return [tls.protocol, ...(until === undefined ? [] : [`certificate valid until ${until}`])];
}
