import { Problem } from "@/lib/model/problem.ts";
import { withErrors } from "@/lib/server/http/rest-route.ts";

const unknown = withErrors(async () => {
  throw new Problem("not-found", "There is no such resource. /api/am/publisher/v4/openapi.json lists those there are.");
});

export { unknown as DELETE, unknown as GET, unknown as PATCH, unknown as POST, unknown as PUT };
