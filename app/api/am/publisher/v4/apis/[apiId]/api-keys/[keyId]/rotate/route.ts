import { rotateApiKey } from "@/lib/server/api-keys/rotate-api-key.ts";
import { keyRotationFromBody, representationFromApiKey } from "@/lib/server/http/api-key-representation.ts";
import { rotateApiKeyOperation } from "@/lib/server/http/operations.ts";
import { restRoute, serve } from "@/lib/server/http/rest-route.ts";

const rotate = serve(rotateApiKeyOperation, async ({ context, param, json }) => {
  const rotation = keyRotationFromBody(await json());
  const { key, secret } = await rotateApiKey(context, param("apiId"), param("keyId"), rotation);
  return { status: 200, body: { ...representationFromApiKey(key), apikey: secret } };
});

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = restRoute(rotate);
