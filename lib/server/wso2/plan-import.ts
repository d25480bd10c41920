import { versionedPath } from "../../model/api-naming.ts";
import type { DefinitionReport } from "../../model/definition-report.ts";
import type { ImportLine, ImportReport } from "../../model/import-report.ts";
import { type LifecycleState, lifecycleStates, needsEndpoint } from "../../model/lifecycle.ts";
import { Problem } from "../../model/problem.ts";
import { unlimitedTier } from "../../model/rate-limit.ts";
import { isRecord } from "../../model/wso2-value.ts";
import { applyEnvironment } from "./apply-environment.ts";
import { from3x, parsedConfig } from "./from-3x.ts";
import { changed, left, taken, textOf } from "./import-lines.ts";
import { planCors } from "./plan-cors.ts";
import { type PlannedDefinition, planDefinition } from "./plan-definition.ts";
import { planDocuments } from "./plan-documents.ts";
import { planEndpoints } from "./plan-endpoints.ts";
import { planLeftovers } from "./plan-leftovers.ts";
import { planOperations, planStrictness } from "./plan-operations.ts";
import { planProperties } from "./plan-properties.ts";
import type { Project } from "./read-project.ts";

type Values = Record<string, unknown>;

/** What a person decides about an import; absent: as the project says. */
export type ImportChoices = {
  environment?: string | undefined;
  name?: string | undefined;
  version?: string | undefined;
  context?: string | undefined;
};

/** What the installation says about an import. */
export type ImportSurroundings = {
  /** Names of the rate limits that there are. */
  rateTiers: readonly string[];
  /** Whether an API of this name and version is there, to be replaced. */
  isReplacing: boolean;
  /** Fields of an API in REST: what a project of ours says under them is taken as it is. */
  ownFields: readonly string[];
  /** Why a value cannot stand at one of them; undefined: it can. */
  problemOf: (field: string, value: unknown) => string | undefined;
  /** What became of reading its OpenAPI document; undefined: it has none. */
  definition: DefinitionReport | undefined;
};

/** An import that nobody has made yet: the API as a REST body, and what is to be known of it before. */
export type ImportPlan = {
  report: ImportReport;
  body: Values;
  /** Its OpenAPI document, to be added to what is created or changed. */
  definition: PlannedDefinition;
  lifecycleState: LifecycleState | undefined;
};

/**
 * What importing a project would take, change and leave behind, and why. It reads nothing but what it is given, and
 * changes nothing. Values that are wrong are handed on as they are, to be refused with their path by who creates APIs.
 * Problem "invalid": there is no such environment.
 */
export function planImport(project: Project, choices: ImportChoices, surroundings: ImportSurroundings): ImportPlan {
  const lines: ImportLine[] = [];
  const data = project.form === "3.x" ? from3x(project.data) : project.data;
  const endpointSource = parsedConfig(data.endpointConfig);
  const configs = configsOf(project, choices.environment);
  const { name, version } = namingOf(project, choices);
  const { isReplacing } = surroundings;
  const context = planNaming(project, data, { ...choices, name, version }, lines);
  const endpointConfig = planEndpoints(
    { data, configs, environment: choices.environment, isReplacing },
    applyEnvironment(endpointSource, configs),
    lines,
  );
  const operations = planOperations(data, surroundings, lines);
  const { documents, read } = planDocuments(project, lines);
  const body: Values = {
    ...ownValues(data, surroundings.ownFields),
    ...planCors(data, surroundings, lines),
    ...planStrictness(data, operations, surroundings.ownFields, lines),
    ...{ name, version, context },
    ...planTexts(data, lines),
    additionalProperties: planProperties(data, lines),
    securityScheme: planSecurity(data, surroundings.ownFields, lines),
    rateLimit: planRateLimit(data, surroundings.rateTiers, lines),
    endpointConfig,
    operations,
    ...(documents && { documents }),
  };
  const lifecycleState = planState(data, { hasEndpoint: isRecord(endpointConfig), isReplacing }, lines);
  const definition = planDefinition(project, data, surroundings.definition, lines);
  const unread = new Map([...project.others].filter(([path]) => !read.has(path)));
  planLeftovers(
    { ...project, others: unread },
    data,
    new Set([...Object.keys(body), ...surroundings.ownFields]),
    lines,
  );
  const environments = project.environments.map((each) => each.name);
  const environment = choices.environment ?? null;
  return {
    report: { form: project.form, name, version, context, environments, environment, lines },
    body,
    definition,
    lifecycleState,
  };
}

/** What the API would be called. */
export function namingOf({ form, data }: Project, choices: ImportChoices): { name: string; version: string } {
  const own = form === "3.x" ? from3x(data) : data;
  return { name: textOf(choices.name ?? own.name), version: textOf(choices.version ?? own.version) };
}

function configsOf({ environments }: Project, wanted: string | undefined): Values {
  if (wanted === undefined) return {};
  const found = environments.find(({ name }) => name === wanted);
  if (found) return found.configs;
  const names = environments.map(({ name }) => name).join(", ");
  const message =
    names === ""
      ? `This project has no values for an environment ${wanted}: it has no params.yaml.`
      : `This project has no values for an environment ${wanted}. It has some for ${names}.`;
  throw new Problem("invalid", message, [{ path: "environment", message }]);
}

function planNaming(
  { form, data: source }: Project,
  data: Values,
  choices: ImportChoices,
  lines: ImportLine[],
): string {
  const { name = "", version = "" } = choices;
  const own = { name: textOf(data.name), version: textOf(data.version) };
  const isRenamed = own.name !== name || own.version !== version;
  lines.push(
    isRenamed
      ? changed("Name and version", `${own.name} ${own.version} → ${name} ${version}`, "You chose it.")
      : taken("Name and version", `${name} ${version}`),
  );
  const given = textOf(data.context);
  const context = choices.context ?? given;
  const path = versionedPath(context, version);
  if (context !== given) lines.push(changed("Context", `${given} → ${context}`, "You chose it."));
  else if (form === "3.x" && textOf(source.context) !== context)
    lines.push(
      changed(
        "Context",
        `${textOf(source.context)} → ${context}`,
        `Gateways add the version by themselves: the API answers at ${path}.`,
      ),
    );
  else lines.push(taken("Context", `${context}: the API answers at ${path}`));
  if (data.provider) lines.push(left("Provider", textOf(data.provider), "The API belongs to whoever imports it."));
  return context;
}

function planTexts(data: Values, lines: ImportLine[]): Values {
  const texts: Values = {};
  for (const [key, subject] of [
    ["displayName", "Display name"],
    ["description", "Description"],
  ] as const) {
    const text = textOf(data[key]);
    if (text === "") continue;
    texts[key] = text;
    lines.push(taken(subject, text));
  }
  if (Array.isArray(data.tags) && data.tags.length > 0) {
    texts.tags = data.tags.map(textOf);
    lines.push(taken("Tags", data.tags.map(textOf).join(", ")));
  }
  const isDefault = data.isDefaultVersion === true || data.isDefaultVersion === "true";
  texts.isDefaultVersion = isDefault;
  if (isDefault) lines.push(taken("Default version", "It answers without its version as well"));
  return texts;
}

/** WSO2's own server issues the tokens that its gateways take; a project names neither issuer nor keys. */
const whoseTokens =
  "A project does not say whose tokens are good: name the issuer under Runtime Configurations, JWT security.";

/**
 * Who had OAuth 2.0 gets keys, unless the project says, as only ours do, which tokens are good: nothing becomes open by an
 * import.
 */
function planSecurity(data: Values, ownFields: readonly string[], lines: ImportLine[]): string[] {
  const schemes = Array.isArray(data.securityScheme) ? data.securityScheme.map(textOf) : [];
  const operations = Array.isArray(data.operations) ? data.operations.filter(isRecord) : [];
  const hasKeys = schemes.includes("api_key");
  const hasTokens = ownFields.includes("jwt") && isRecord(data.jwt);
  const areOpen =
    operations.length > 0 && operations.every(({ authType }) => textOf(authType).toLowerCase() === "none");
  if (areOpen && !hasKeys && !hasTokens) {
    lines.push(taken("Security", "Open: none of its operations asks for anything"));
    return [];
  }
  const taking = [...(hasTokens ? ["oauth2"] : []), ...(hasKeys || !hasTokens ? ["api_key"] : [])];
  if (hasTokens) lines.push(taken("Security", "JWT bearer tokens"));
  if (hasKeys) lines.push(taken("Security", "API keys"));
  else if (!hasTokens)
    lines.push(changed("Security", "API keys", `Make keys for consumers under Subscriptions. ${whoseTokens}`));
  if (schemes.includes("oauth2") && hasKeys && !hasTokens) lines.push(left("Security", "oauth2", whoseTokens));
  const others = schemes.filter((scheme) => !/^(api_key|oauth2)$|_mandatory$/.test(scheme));
  if (others.length > 0)
    lines.push(left("Security", others.join(", "), "Nothing here checks what callers show for it."));
  return taking;
}

function planRateLimit(data: Values, rateTiers: readonly string[], lines: ImportLine[]): string {
  const wanted = textOf(data.rateLimit ?? data.apiThrottlingPolicy);
  if (wanted === "" || wanted === unlimitedTier) return unlimitedTier;
  if (rateTiers.includes(wanted)) {
    lines.push(taken("Rate limit", wanted));
    return wanted;
  }
  const reason = `There is no rate limit ${wanted} here. An administrator can add it; until one is chosen there is no limit.`;
  lines.push(left("Rate limit", wanted, reason));
  return unlimitedTier;
}

function planState(
  data: Values,
  { hasEndpoint, isReplacing }: { hasEndpoint: boolean; isReplacing: boolean },
  lines: ImportLine[],
): LifecycleState | undefined {
  const subject = "Lifecycle state";
  const wanted = textOf(data.lifeCycleStatus).toUpperCase();
  const state = lifecycleStates.find((each) => each === wanted);
  if (isReplacing) {
    lines.push(left(subject, wanted || "—", "The API that is replaced stays in the state that it is in."));
    return undefined;
  }
  if (state === undefined) {
    if (wanted !== "") lines.push(changed(subject, `${wanted} → CREATED`, "There is no such state here."));
    return "CREATED";
  }
  if (needsEndpoint(state) && !hasEndpoint) {
    lines.push(changed(subject, `${state} → CREATED`, "Without an endpoint an API cannot be called."));
    return "CREATED";
  }
  const isServed = needsEndpoint(state);
  lines.push(taken(subject, isServed ? `${state}: gateways answer for it at once` : state));
  return state;
}

/** What only we write, under the names that REST has for it. */
function ownValues(data: Values, ownFields: readonly string[]): Values {
  return Object.fromEntries(ownFields.flatMap((field) => (data[field] === undefined ? [] : [[field, data[field]]])));
}
