import { createApiKey } from "@/lib/server/api-keys/create-api-key.ts";
import { listApiKeys } from "@/lib/server/api-keys/list-api-keys.ts";
import { newApiKeyFromBody, representationFromApiKey } from "@/lib/server/http/api-key-representation.ts";
import { createApiKeyOperation, listApiKeysOperation } from "@/lib/server/http/operations.ts";
import { restRoute, serve } from "@/lib/server/http/rest-route.ts";

const list = serve(listApiKeysOperation, async ({ context, param }) => {
  const keys = await listApiKeys(context, param("apiId"));
  return { status: 200, body: { count: keys.length, list: keys.map(representationFromApiKey) } };
});

const create = serve(createApiKeyOperation, async ({ context, param, json }) => {
  const { key, secret } = await createApiKey(context, param("apiId"), newApiKeyFromBody(await json()));
  return { status: 201, body: { ...representationFromApiKey(key), apikey: secret } };
});

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = restRoute(list, create);
