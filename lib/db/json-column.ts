import type { Prisma } from "./generated/client.ts";

/** A value as a JSON column takes it: fields that are undefined are left out, as in the JSON itself. */
export function jsonColumn(value: object): Prisma.InputJsonObject {
  return JSON.parse(JSON.stringify(value));
}
