import "server-only";
import { namesFromDefinition } from "../../model/definition-naming.ts";
import type { DefinitionSummary } from "../../model/definition-report.ts";
import type { NewApi } from "../../model/new-api.ts";
import { Problem } from "../../model/problem.ts";
import { isRecord } from "../../model/wso2-value.ts";
import { newApiFromBody } from "./api-representation.ts";

/**
 * A new API from what came beside its document: as in POST /apis, with names and description of the document where
 * nothing else is said. `publish` and `endpointUrl` are the short forms that the publisher's own form has.
 */
export function newApiFromDefinition({ title, version, description }: DefinitionSummary, given: unknown): NewApi {
  if (!isRecord(given)) {
    const message = "additionalProperties is a map: name, context, version and what else the API has.";
    throw new Problem("invalid", message, [{ path: "additionalProperties", message }]);
  }
  const { endpointUrl, publish, ...properties } = given;
  const { endpointConfig, ...api } = newApiFromBody({
    ...namesFromDefinition(title, version),
    ...{ displayName: title.trim().slice(0, 120) || undefined, description: description.slice(0, 32_766) },
    ...properties,
  });
  const endpoints = typeof endpointUrl === "string" && endpointUrl !== "" ? { endpointUrl } : { endpointConfig };
  return { ...api, ...endpoints, publish: publish === true };
}
