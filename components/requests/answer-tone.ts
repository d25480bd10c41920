import { clientLeftStatus } from "@/lib/model/decision-record.ts";

/** How a status looks in lists: what it says of the request, not of the endpoint. */
export function answerTone(status: number): "good" | "warning" | "bad" | "off" {
  if (status === clientLeftStatus) return "off";
  if (status >= 500) return "bad";
  return status >= 400 ? "warning" : "good";
}

/** "200", "503 · 303000", "client left". */
export function answerWord(status: number, code: string | null): string {
  if (status === clientLeftStatus && code === null) return "client left";
  return code === null || code === String(status) ? String(status) : `${status} · ${code}`;
}
