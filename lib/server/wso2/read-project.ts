import { z } from "zod";
import { Problem } from "../../model/problem.ts";
import { isRecord } from "../../model/wso2-value.ts";
import type { ArchiveFiles } from "./open-archive.ts";
import { readDocumentFiles } from "./read-document-files.ts";
import { readSettings, readText } from "./read-settings.ts";

const valuesSchema = z.record(z.string(), z.unknown());

/** Values for one environment out of params.yaml: what they replace is in {@link applyEnvironment}. */
const environmentSchema = z.object({ name: z.string(), configs: valuesSchema });
export type Environment = z.infer<typeof environmentSchema>;

/** A project of WSO2's tools, read but not yet understood. */
export const projectSchema = z.object({
  /** "4.x": apictl's projects since 4.0; "3.x": exports of API Cloud and of API Manager 2 and 3. */
  form: z.enum(["4.x", "3.x"]),
  /** The file that says what the API is, below the project's folder. */
  apiFile: z.string(),
  data: valuesSchema,
  definition: z.object({ file: z.string(), text: z.string(), syntax: z.enum(["yaml", "json"]) }).optional(),
  environments: z.array(environmentSchema),
  /** Gateways that the API was deployed to. */
  deployments: z.array(z.string()),
  /** What the files say that tell of its documents, by their path. */
  documentFiles: z.map(z.string(), z.unknown()),
  /** Everything else that is in it, by its path below the project's folder; those files too. */
  others: z.map(
    z.string(),
    z.custom<Uint8Array>((value) => value instanceof Uint8Array),
  ),
});
export type Project = z.infer<typeof projectSchema>;

const apiFilePattern = /^(?:(.*?)\/)??((?:Meta-information\/)?api\.(?:ya?ml|json))$/i;
/** What operating systems and tools leave behind, and nobody misses. */
const litter = /(^|\/)(__MACOSX\/|\.DS_Store$|Thumbs\.db$|desktop\.ini$|\.git\/|api_meta\.ya?ml$)/;

/** Finds and reads the one project of an archive. Problem "invalid": there is none, there are several, or it is broken. */
export function readProject(files: ArchiveFiles): Project {
  const { folder, apiFile } = findProject(files);
  const inside = new Map<string, Uint8Array>();
  for (const [path, content] of files) {
    if (litter.test(path)) continue;
    if (folder === "") inside.set(path, content);
    else if (path.startsWith(`${folder}/`)) inside.set(path.slice(folder.length + 1), content);
    // apictl also takes these from where it is called.
    else if (/^(api_)?params\.ya?ml$/i.test(path)) inside.set(path, content);
  }
  const take = (pattern: RegExp) => {
    const path = [...inside.keys()].find((each) => pattern.test(each));
    const content = path === undefined ? undefined : inside.get(path);
    if (path === undefined || content === undefined) return undefined;
    inside.delete(path);
    return { path, content };
  };
  const document = readSettings(apiFile, inside.get(apiFile) ?? new Uint8Array());
  inside.delete(apiFile);
  if (isRecord(document.data) && document.type !== "api") {
    throw refused(`${apiFile}: this is of type ${document.type ?? "unknown"} and not an API.`);
  }
  const data = isRecord(document.data) ? document.data : document;
  if (Object.keys(data).length > mostFields) throw refused(`${apiFile}: an API has at most ${mostFields} fields.`);
  const definition = take(/^(Definitions|Meta-information)\/(swagger|openapi)\.(ya?ml|json)$/i);
  const params = take(/^(api_)?params\.ya?ml$/i);
  const deployments = take(/^deployment_environments\.(ya?ml|json)$/i);
  return {
    form: isRecord(document.id) ? "3.x" : "4.x",
    apiFile,
    data,
    definition: definition && {
      file: definition.path,
      text: readText(definition.path, definition.content),
      syntax: definition.path.toLowerCase().endsWith(".json") ? "json" : "yaml",
    },
    environments: params ? environmentsOf(params.path, readSettings(params.path, params.content)) : [],
    deployments: deployments ? deploymentsOf(readSettings(deployments.path, deployments.content)) : [],
    documentFiles: readDocumentFiles(inside),
    others: inside,
  };
}

function findProject(files: ArchiveFiles): { folder: string; apiFile: string } {
  const found = [...files.keys()].flatMap((path) => {
    const [, folder = "", apiFile] = apiFilePattern.exec(path) ?? [];
    return apiFile === undefined || litter.test(path) ? [] : [{ folder, apiFile, path }];
  });
  if ([...files.keys()].some((path) => /(^|\/)api_product\.(ya?ml|json)$/i.test(path))) {
    throw refused("This is an API product. Import the APIs that it is made of, one after the other.");
  }
  const [first, ...others] = found.toSorted((a, b) => a.path.split("/").length - b.path.split("/").length);
  if (!first) {
    throw refused("There is no API in this archive: api.yaml, api.json or Meta-information/api.json is expected.");
  }
  if (others.length > 0) {
    const names = found.map(({ path }) => path).slice(0, 5);
    throw refused(`There are several APIs in this archive: ${names.join(", ")}. Import one at a time.`);
  }
  return first;
}

/** WSO2 knows some sixty; each one that is not known here is told of. */
const mostFields = 500;
const mostEnvironments = 100;

/** 4.x keeps values under `configs`, 3.x beside the name. */
function environmentsOf(file: string, { environments }: Record<string, unknown>): Environment[] {
  if (environments === undefined || environments === null) return [];
  if (!Array.isArray(environments)) throw refused(`${file}: environments is a list of names and values.`);
  if (environments.length > mostEnvironments) throw refused(`${file}: at most ${mostEnvironments} environments.`);
  const list = environments.map((each: unknown, index) => {
    const name = isRecord(each) ? each.name : undefined;
    if (!isRecord(each) || name === undefined || name === null || name === "")
      throw refused(`${file}: environment ${index + 1} has no name.`);
    return { name: String(name), configs: isRecord(each.configs) ? each.configs : each };
  });
  const twice = list.find(({ name }, index) => list.findIndex((other) => other.name === name) !== index);
  if (twice) throw refused(`${file}: the environment ${twice.name} stands there twice.`);
  return list;
}

function deploymentsOf({ data }: Record<string, unknown>): string[] {
  if (!Array.isArray(data)) return [];
  return data.flatMap((each: unknown) =>
    isRecord(each) && typeof each.deploymentEnvironment === "string" ? [each.deploymentEnvironment] : [],
  );
}

function refused(message: string): Problem {
  return new Problem("invalid", message, [{ path: "file", message }]);
}
