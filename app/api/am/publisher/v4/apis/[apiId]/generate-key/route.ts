import { generateTryOutKey } from "@/lib/server/api-keys/generate-try-out-key.ts";
import { keyTypeFromInput } from "@/lib/server/http/api-key-representation.ts";
import { generateKeyOperation } from "@/lib/server/http/operations.ts";
import { restRoute, serve } from "@/lib/server/http/rest-route.ts";

const generate = serve(generateKeyOperation, async ({ context, param, query }) => {
  const { key, validityMs } = await generateTryOutKey(context, param("apiId"), keyTypeFromInput(query.keyType));
  return { status: 200, body: { apikey: key, validityTime: validityMs } };
});

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = restRoute(generate);
