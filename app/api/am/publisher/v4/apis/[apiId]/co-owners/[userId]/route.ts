import { removeCoOwner } from "@/lib/server/apis/co-owners.ts";
import { removeCoOwnerOperation } from "@/lib/server/http/co-owner-operations.ts";
import { restRoute, serve } from "@/lib/server/http/rest-route.ts";

const remove = serve(removeCoOwnerOperation, async ({ context, param }) => {
  await removeCoOwner(context, param("apiId"), param("userId"));
  return { status: 200 };
});

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = restRoute(remove);
