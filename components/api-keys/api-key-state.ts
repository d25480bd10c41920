import type { ApiKey } from "@/lib/model/api-key.ts";

export type ApiKeyState = "active" | "expires-soon" | "expired";

/** A key that ends within this time is marked, ms. */
export const expiresSoonMs = 7 * 24 * 60 * 60_000;

/** Whether a key still opens the gateway at a moment. */
export function apiKeyState(key: Pick<ApiKey, "expiresAt">, now: Date): ApiKeyState {
  if (key.expiresAt === null) return "active";
  const leftMs = key.expiresAt.getTime() - now.getTime();
  if (leftMs <= 0) return "expired";
  return leftMs < expiresSoonMs ? "expires-soon" : "active";
}
