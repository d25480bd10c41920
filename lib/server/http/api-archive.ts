import "server-only";
import { strToU8, type Zippable, zipSync } from "fflate";
import type { Api } from "../../model/api.ts";
import type { Documentation } from "../../model/documentation.ts";
import { generatedDefinition } from "../../model/generated-definition.ts";
import { writeWso2EndpointConfig } from "../../model/wso2-endpoint-config.ts";
import type { ExportedApi } from "../apis/export-api.ts";
import { environmentOf } from "../wso2/environment-of.ts";
import { everyOperation, openOperation, writeFile } from "../wso2/project-files.ts";
import { representationFromApi } from "./api-representation.ts";
import type { archiveFormats } from "./export-operations.ts";
import { representationFromOperation } from "./operation-representation.ts";

type Format = (typeof archiveFormats)[number];

/** The archive as a download. */
export function archiveAnswer(exported: ExportedApi, format: Format) {
  const { fileName, bytes } = archiveOfApi(exported, format);
  // RFC 6266 with RFC 8187: a name may hold any letter.
  const disposition = `attachment; filename*=UTF-8''${encodeURIComponent(fileName).replaceAll("'", "%27")}`;
  return { status: 200, bytes, headers: { "Content-Type": "application/zip", "Content-Disposition": disposition } };
}

/** One time for all entries, local as zip counts it, so that the same API is the same bytes everywhere. */
const entryTime = new Date(1980, 0, 1);

/** Version of apictl's project format that the files are in. */
const projectVersion = "v4.1.0";

/** Where apictl deploys an API: WSO2's gateway of this name is there from the start. */
const deployments = {
  type: "deployment_environments",
  version: projectVersion,
  data: [{ displayOnDevportal: true, deploymentEnvironment: "Default" }],
};

/**
 * An API as a project of apictl 4.x, in a folder named after it: what it is, its definition, and its environments. Ids,
 * times and numbers of this installation are left out, and so the same API gives the same bytes.
 */
function archiveOfApi(
  { api, definition, documents }: ExportedApi,
  format: Format,
): { fileName: string; bytes: Uint8Array<ArrayBuffer> } {
  const folder = `${api.name}-${api.version}`;
  const extension = format === "YAML" ? "yaml" : "json";
  const write = (value: unknown) => strToU8(writeFile(value, extension));
  const files: Zippable = {
    [`${folder}/api.${extension}`]: write({ type: "api", version: projectVersion, data: dataOf(api) }),
    [`${folder}/Definitions/swagger.${definition?.syntax ?? extension}`]: definition
      ? strToU8(definition.text)
      : strToU8(writeFile(generatedDefinition(api), extension)),
    [`${folder}/deployment_environments.${extension}`]: write(deployments),
  };
  for (const document of documents) {
    const at = `${folder}/Docs/${document.name}`;
    files[`${at}/document.${extension}`] = write({
      type: "document",
      version: projectVersion,
      data: aboutOf(document),
    });
    if (document.sourceType === "MARKDOWN") files[`${at}/${document.name}`] = strToU8(document.inlineContent);
  }
  const configs = api.endpointConfig && environmentOf(writeWso2EndpointConfig(api.endpointConfig));
  // Always YAML: apictl looks for no other.
  if (configs) files[`${folder}/params.yaml`] = strToU8(writeFile(paramsOf(configs), "yaml"));
  return { fileName: `${folder}.zip`, bytes: zipSync(files, { mtime: entryTime, level: 6 }) };
}

/** What WSO2 wants to know of a document beside its content; it refuses others without the name of their type. */
function aboutOf(document: Documentation): Record<string, unknown> {
  const { name, type, summary, otherTypeName, sourceType } = document;
  return {
    ...{ name, type, summary, sourceType, visibility: "API_LEVEL" },
    ...(type === "OTHER" && { otherTypeName: otherTypeName || "Other" }),
    ...(document.sourceType === "URL" && { sourceUrl: document.sourceUrl }),
  };
}

/** Values for an environment of the name that WSO2 gives its first, as a pattern for others. */
function paramsOf(configs: Record<string, unknown>): object {
  return { environments: [{ name: "default", configs }] };
}

/** WSO2 tells an open API by its operations, and wants at least one of them. */
function dataOf(api: Api): Record<string, unknown> {
  const { id, createdTime, lastUpdatedTime, revision, definition, endpointConfig, operations, ...settings } =
    representationFromApi(api);
  const isOpen = Array.isArray(settings.securityScheme) && settings.securityScheme.length === 0;
  const named = api.operations.map(representationFromOperation);
  return {
    ...settings,
    type: "HTTP",
    transport: ["http", "https"],
    policies: ["Unlimited"],
    apiThrottlingPolicy: settings.rateLimit,
    ...(endpointConfig ? { endpointConfig } : {}),
    operations: named.length > 0 ? named.map(isOpen ? openOperation : (one) => one) : everyOperation(!isOpen),
  };
}
