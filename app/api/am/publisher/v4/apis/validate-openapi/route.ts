import { validateDefinition } from "@/lib/server/definitions/validate-definition.ts";
import { validateOpenApiOperation, validationFrom } from "@/lib/server/http/definition-operations.ts";
import { restRoute, serve } from "@/lib/server/http/rest-route.ts";

const validate = serve(validateOpenApiOperation, async ({ context, query, definition }) => {
  const { input } = await definition();
  return {
    status: 200,
    body: validationFrom(await validateDefinition(context, input), query.returnContent === "true"),
  };
});

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = restRoute(validate);
