import { exportApi } from "@/lib/server/apis/export-api.ts";
import { archiveOfApi } from "@/lib/server/http/api-archive.ts";
import { exportApiOperation } from "@/lib/server/http/export-operations.ts";
import { restRoute, serve } from "@/lib/server/http/rest-route.ts";

const download = serve(exportApiOperation, async ({ context, query }) => {
  const { fileName, bytes } = archiveOfApi(await exportApi(context, query), query.format);
  // RFC 6266 with RFC 8187: a name may hold any letter.
  const disposition = `attachment; filename*=UTF-8''${encodeURIComponent(fileName).replaceAll("'", "%27")}`;
  return { status: 200, bytes, headers: { "Content-Type": "application/zip", "Content-Disposition": disposition } };
});

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = restRoute(download);
