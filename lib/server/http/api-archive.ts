import "server-only";
import { strToU8, type Zippable, zipSync } from "fflate";
import { stringify } from "yaml";
import type { Api } from "../../model/api.ts";
import { representationFromApi } from "./api-representation.ts";
import type { archiveFormats } from "./export-operations.ts";

type Format = (typeof archiveFormats)[number];

/** One time for all entries, local as zip counts it, so that the same API is the same bytes everywhere. */
const entryTime = new Date(1980, 0, 1);

/** Version of apictl's project format that the files are in. */
const projectVersion = "v4.1.0";

const verbs = ["GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS"];

/**
 * An API as a project of apictl 4.x: `api` and `Definitions/swagger`, in a folder named after it. Ids, times and numbers
 * of this installation are left out, and so the same API gives the same bytes.
 */
export function archiveOfApi(api: Api, format: Format): { fileName: string; bytes: Uint8Array<ArrayBuffer> } {
  const folder = `${api.name}-${api.version}`;
  const extension = format === "YAML" ? "yaml" : "json";
  const write = (value: unknown) =>
    strToU8(format === "YAML" ? stringify(value, { lineWidth: 0, aliasDuplicateObjects: false }) : jsonText(value));
  const files: Zippable = {
    [`${folder}/api.${extension}`]: write({ type: "api", version: projectVersion, data: dataOf(api) }),
    [`${folder}/Definitions/swagger.${extension}`]: write(definitionOf(api)),
  };
  return { fileName: `${folder}.zip`, bytes: zipSync(files, { mtime: entryTime, level: 6 }) };
}

function jsonText(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

/** WSO2 tells an open API by its operations, and wants at least one of them. */
function dataOf(api: Api): Record<string, unknown> {
  const { id, createdTime, lastUpdatedTime, revision, endpointConfig, operations, ...settings } =
    representationFromApi(api);
  return {
    ...settings,
    type: "HTTP",
    transport: ["http", "https"],
    policies: ["Unlimited"],
    ...(endpointConfig ? { endpointConfig } : {}),
    operations: api.operations.length > 0 ? operations : everything(api),
  };
}

function everything({ apiKeyRequired }: Api): object[] {
  const authType = apiKeyRequired ? "Application & Application User" : "None";
  return verbs.map((verb) => ({ target: "/*", verb, authType, throttlingPolicy: "Unlimited" }));
}

/** Every method at every path: what the gateway serves. */
function definitionOf(api: Api): Record<string, unknown> {
  const operation = { responses: { default: { description: "The answer of the endpoint" } } };
  return {
    openapi: "3.0.1",
    info: { title: api.name, version: api.version, description: api.description },
    paths: { "/*": Object.fromEntries(verbs.map((verb) => [verb.toLowerCase(), operation])) },
  };
}
