import { Problem } from "@/lib/model/problem.ts";
import { isApiNameTaken } from "@/lib/server/apis/is-api-name-taken.ts";
import { isContextTaken } from "@/lib/server/apis/is-context-taken.ts";
import { validateApiOperation } from "@/lib/server/http/operations.ts";
import { restRoute, serve } from "@/lib/server/http/rest-route.ts";

const validate = serve(validateApiOperation, async ({ context, query }) => {
  const separator = query.query.indexOf(":");
  const isTaken = query.query.slice(0, separator) === "name" ? isApiNameTaken : isContextTaken;
  if (await isTaken(context, query.query.slice(separator + 1))) return { status: 200 };
  throw new Problem("not-found", `No API has the ${query.query.replace(":", " ")}: it is free.`);
});

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = restRoute(validate);
