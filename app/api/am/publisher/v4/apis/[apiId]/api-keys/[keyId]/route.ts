import { changeApiKey } from "@/lib/server/api-keys/change-api-key.ts";
import { revokeApiKey } from "@/lib/server/api-keys/revoke-api-key.ts";
import { keyChangesFromBody, representationFromApiKey } from "@/lib/server/http/api-key-representation.ts";
import { changeApiKeyOperation, revokeApiKeyOperation } from "@/lib/server/http/operations.ts";
import { restRoute, serve } from "@/lib/server/http/rest-route.ts";

const change = serve(changeApiKeyOperation, async ({ context, param, json }) => {
  const key = await changeApiKey(context, param("apiId"), param("keyId"), keyChangesFromBody(await json()));
  return { status: 200, body: representationFromApiKey(key) };
});

const revoke = serve(revokeApiKeyOperation, async ({ context, param }) => {
  await revokeApiKey(context, param("apiId"), param("keyId"));
  return { status: 200 };
});

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = restRoute(change, revoke);
