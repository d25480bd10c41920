import { revokeApiKey } from "@/lib/server/api-keys/revoke-api-key.ts";
import { revokeApiKeyOperation } from "@/lib/server/http/operations.ts";
import { restRoute, serve } from "@/lib/server/http/rest-route.ts";

const revoke = serve(revokeApiKeyOperation, async ({ context, param }) => {
  await revokeApiKey(context, param("apiId"), param("keyId"));
  return { status: 200 };
});

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = restRoute(revoke);
