import { exportApi } from "@/lib/server/apis/export-api.ts";
import { archiveAnswer } from "@/lib/server/http/api-archive.ts";
import { exportApiOperation } from "@/lib/server/http/export-operations.ts";
import { restRoute, serve } from "@/lib/server/http/rest-route.ts";

const download = serve(exportApiOperation, async ({ context, query }) =>
  archiveAnswer(await exportApi(context, query), query.format),
);

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = restRoute(download);
