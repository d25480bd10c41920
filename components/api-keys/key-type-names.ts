import type { KeyType } from "@/lib/model/endpoint-config.ts";

/** Key types as people read them. */
export const keyTypeNames = { production: "Production", sandbox: "Sandbox" } as const satisfies Record<KeyType, string>;
