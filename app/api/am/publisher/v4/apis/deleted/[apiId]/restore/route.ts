import { restoreDeletedApi } from "@/lib/server/apis/restore-deleted-api.ts";
import { apiAnswer } from "@/lib/server/http/api-answer.ts";
import { restoreDeletedApiOperation } from "@/lib/server/http/deleted-api-operations.ts";
import { restRoute, serve } from "@/lib/server/http/rest-route.ts";

const restore = serve(restoreDeletedApiOperation, async ({ context, param }) =>
  apiAnswer(await restoreDeletedApi(context, param("apiId"))),
);

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = restRoute(restore);
