import type { TokenScope } from "@/lib/model/account.ts";

export const scopeNames = { read: "Read", write: "Read and write", admin: "Administration" } as const satisfies Record<
  TokenScope,
  string
>;

export const scopeMeanings = {
  read: "Looks at what you may see, and changes nothing.",
  write: "Changes APIs as you may, and nothing of the administration.",
  admin: "Does everything that your role allows.",
} as const satisfies Record<TokenScope, string>;
