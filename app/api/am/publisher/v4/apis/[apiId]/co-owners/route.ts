import type { CoOwner } from "@/lib/model/co-owner.ts";
import { newCoOwnerSchema } from "@/lib/model/co-owner.ts";
import { parseInput } from "@/lib/model/parse-input.ts";
import { addCoOwner, listCoOwners } from "@/lib/server/apis/co-owners.ts";
import { addCoOwnerOperation, listCoOwnersOperation } from "@/lib/server/http/co-owner-operations.ts";
import { restRoute, serve } from "@/lib/server/http/rest-route.ts";

const list = serve(listCoOwnersOperation, async ({ context, param }) => {
  const coOwners = await listCoOwners(context, param("apiId"));
  return { status: 200, body: { count: coOwners.length, list: coOwners.map(representation) } };
});

const add = serve(addCoOwnerOperation, async ({ context, param, json }) => {
  const coOwner = await addCoOwner(context, param("apiId"), parseInput(newCoOwnerSchema, await json()));
  return { status: 201, body: representation(coOwner) };
});

function representation({ addedAt, ...coOwner }: CoOwner) {
  return { ...coOwner, addedTime: addedAt.toISOString() };
}

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = restRoute(list, add);
