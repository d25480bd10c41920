import "server-only";
import { pino } from "pino";

/** The publisher's log: JSON lines on stdout at LOG_LEVEL. Never give it a secret, a key or a request body. */
export const log = pino({
  name: "publisher",
  level: process.env.LOG_LEVEL ?? "info",
  redact: ["*.password", "*.secret", "*.token", "*.apikey", "*.authorization", "*.cookie"],
});
