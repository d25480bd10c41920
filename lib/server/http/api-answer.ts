import "server-only";
import type { Api } from "../../model/api.ts";
import { representationFromApi } from "./api-representation.ts";
import { restBasePath } from "./operation.ts";
import type { RestAnswer } from "./rest-route.ts";
import { revisionTag } from "./revision-tag.ts";

/** An API with its revision as the ETag. */
export function apiAnswer(api: Api): RestAnswer {
  return { status: 200, body: representationFromApi(api), headers: { ETag: revisionTag(api.revision) } };
}

/** An API that is new, and where it is. */
export function createdAnswer(api: Api): RestAnswer {
  const { body, headers } = apiAnswer(api);
  return { status: 201, body, headers: { ...headers, Location: `${restBasePath}/apis/${api.id}` } };
}
