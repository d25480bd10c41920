import { listDeletedApis } from "@/lib/server/apis/deleted-apis.ts";
import { listDeletedApisOperation } from "@/lib/server/http/deleted-api-operations.ts";
import { restRoute, serve } from "@/lib/server/http/rest-route.ts";

const list = serve(listDeletedApisOperation, async ({ context }) => {
  const deleted = await listDeletedApis(context);
  const body = {
    count: deleted.length,
    list: deleted.map(({ owner, deletedAt, restorableUntil, ...api }) => ({
      ...api,
      provider: owner.email,
      deletedTime: deletedAt.toISOString(),
      restorableUntil: restorableUntil.toISOString(),
    })),
  };
  return { status: 200, body };
});

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = restRoute(list);
