import { importApiOperation } from "@/lib/server/http/import-operations.ts";
import { importArchive } from "@/lib/server/http/imported-api.ts";
import { restRoute, serve } from "@/lib/server/http/rest-route.ts";

const importApi = serve(importApiOperation, async ({ context, query, upload }) => ({
  status: 200,
  body: await importArchive(context, await upload(), query),
}));

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = restRoute(importApi);
