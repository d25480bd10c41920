import type { ImportLine } from "../../model/import-report.ts";
import { isRecord } from "../../model/wso2-value.ts";
import { left, textOf } from "./import-lines.ts";
import type { Project } from "./read-project.ts";

type Values = Record<string, unknown>;

/** Read elsewhere, or of no meaning outside the installation that wrote it. */
const silent = new Set([
  ...["provider", "apiThrottlingPolicy", "lifeCycleStatus", "securityScheme", "type", "endpointImplementationType"],
  ...[
    "id",
    "uuid",
    "createdTime",
    "lastUpdatedTime",
    "lastUpdatedTimestamp",
    "lastUpdated",
    "isRevision",
    "revisionId",
  ],
  ...["revisionedApiId", "revision", "rating", "hasThumbnail", "workflowStatus", "isLatest", "lifeCycleName"],
  ...["cacheTimeout", "transport", "initiatedFromGateway", "egress", "isPublishedDefaultVersion", "enableStore"],
  ...[
    "apiHeaderChanged",
    "apiResourcePatternsChanged",
    "viaSwagger",
    "migrationVersion",
    "subscriptionAvailableTenants",
  ],
  ...[
    "apiOwner",
    "testKey",
    "gatewayLabels",
    "redirectURL",
    "endpointUTPassword",
    "createdDate",
    "operations",
    "corsConfiguration",
    "additionalPropertiesMap",
  ],
]);

type Rule = {
  subject: string;
  /** Whether the value says nothing that would be missed, beside those that are empty. */
  isDefault?: (value: unknown) => boolean;
  reason: string;
};

const isOneOf =
  (...words: string[]) =>
  (value: unknown) =>
    (Array.isArray(value) ? value : [value]).every((each) => words.includes(textOf(each).toLowerCase()));

const noPortal = "There is no developer portal here: publishers hand out keys.";
const noRoles = "Who may change an API follows from who has it here, and is not told by roles of another installation.";

/** What WSO2 knows and we do not, and why nothing is lost by it or what can be done. */
const rules: Record<string, Rule> = {
  policies: {
    subject: "Subscription tiers",
    isDefault: isOneOf("unlimited"),
    reason: "A consumer's limit is chosen with its key here.",
  },
  visibility: { subject: "Visibility", isDefault: isOneOf("public"), reason: noPortal },
  visibleRoles: { subject: "Visible to roles", reason: noPortal },
  visibleTenants: { subject: "Visible to tenants", reason: noPortal },
  subscriptionAvailability: {
    subject: "Subscription availability",
    isDefault: isOneOf("current_tenant", "current_tenant_only"),
    reason: noPortal,
  },
  accessControl: { subject: "Access control", isDefault: isOneOf("none", "all"), reason: noRoles },
  accessControlRoles: { subject: "Access control roles", isDefault: isOneOf("null"), reason: noRoles },
  businessInformation: {
    subject: "Business information",
    reason: "An API has its provider here, and no other people.",
  },
  responseCachingEnabled: { subject: "Response caching", reason: "Gateways here do not cache answers." },
  enableSchemaValidation: { subject: "Schema validation", reason: "Gateways here pass bodies on as they are." },
  mediationPolicies: { subject: "Mediation policies", reason: "Gateways here run no mediation sequences." },
  apiPolicies: { subject: "API policies", reason: "Gateways here run no mediation policies." },
  scopes: { subject: "OAuth scopes", reason: "Scopes belong to tokens of WSO2's key manager." },
  categories: { subject: "Categories", reason: `${noPortal} Tags can group APIs.` },
  keyManagers: { subject: "Key managers", isDefault: isOneOf("all"), reason: "Keys are made by this publisher." },
  monetization: { subject: "Monetization", isDefault: isDisabled, reason: "Nothing is billed here." },
  advertiseInfo: { subject: "Advertised API", isDefault: isUnadvertised, reason: noPortal },
  advertiseOnly: { subject: "Advertised API", reason: noPortal },
  websubSubscriptionConfiguration: {
    subject: "WebSub",
    isDefault: isUnsigned,
    reason: "Gateways here serve requests.",
  },
  threatProtectionPolicies: { subject: "Threat protection", reason: "There are limits of size and rate instead." },
  authorizationHeader: {
    subject: "Authorization header",
    isDefault: isOneOf("authorization"),
    reason: "Consumers send a token as the header Authorization, and their key as the header apikey.",
  },
  apiKeyHeader: {
    subject: "API key header",
    isDefault: isOneOf("apikey"),
    reason: "Consumers send their key as the header apikey.",
  },
  productionMaxTps: {
    subject: "Most requests, production",
    reason: "Choose a rate limit under Runtime Configurations.",
  },
  sandboxMaxTps: { subject: "Most requests, sandbox", reason: "Choose a rate limit under Runtime Configurations." },
  maxTps: { subject: "Most requests", reason: "Choose a rate limit under Runtime Configurations." },
  wsdlUrl: { subject: "WSDL", reason: "Gateways here pass SOAP messages on without looking into them." },
  inSequence: { subject: "Mediation sequence in", reason: "Gateways here run no mediation sequences." },
  outSequence: { subject: "Mediation sequence out", reason: "Gateways here run no mediation sequences." },
  faultSequence: { subject: "Mediation sequence fault", reason: "Gateways here run no mediation sequences." },
  environments: { subject: "Gateways", isDefault: isOneOf("production and sandbox", "default"), reason: allGateways() },
  gatewayType: { subject: "Gateway type", isDefault: isOneOf("wso2/synapse", "regular"), reason: allGateways() },
  gatewayVendor: { subject: "Gateway vendor", isDefault: isOneOf("wso2"), reason: allGateways() },
  availableSubscriptionLevelPolicies: {
    subject: "Subscription policies",
    reason: "A limit is chosen with a key here.",
  },
  serviceInfo: { subject: "Service catalogue", reason: "There is no service catalogue here." },
  documents: { subject: "Documents", reason: "They stand in their own files." },
};

/** Which folders of a project hold what, and why it stays behind. */
const folders: readonly { pattern: RegExp; subject: string; reason: string }[] = [
  {
    pattern: /^(Sequences|Policies)\/|\.(xml|j2|gotmpl)$/i,
    subject: "Policies and sequences",
    reason: "Gateways here run no mediation; the files are not even read.",
  },
  {
    pattern: /^(Client-certificates|Client-Certificates)\//i,
    subject: "Client certificates",
    reason: "Consumers show keys here, and no certificates.",
  },
  {
    pattern: /^(Endpoint-certificates|Endpoint-Certificates|certs|Deployment)\//i,
    subject: "Endpoint certificates",
    reason: "They belong to hosts and not to APIs here: an administrator adds them under Certificates.",
  },
  { pattern: /^Image\/|\.(png|jpe?g|gif|svg|ico)$/i, subject: "Thumbnail", reason: "APIs have no pictures here." },
  {
    pattern: /^(Docs|Documents)\//i,
    subject: "Documents",
    reason: "Nothing in the project says which document they are.",
  },
  { pattern: /^WSDL\/|\.wsdl$/i, subject: "WSDL", reason: "Gateways here pass SOAP messages on." },
  { pattern: /^(Libraries|SoapToRest)\//i, subject: "Libraries", reason: "Gateways here run no code of an API." },
];

/**
 * Lines about all that a project says and nothing above has read: each with why it stays behind. What is empty, or as it
 * is anyway, is not worth a line.
 *
 * @param known keys that are read elsewhere
 */
export function planLeftovers(project: Project, data: Values, known: ReadonlySet<string>, lines: ImportLine[]): void {
  planKind(data, lines);
  const unknown: string[] = [];
  for (const [key, value] of Object.entries(data)) {
    if (silent.has(key) || isEmpty(value)) continue;
    const rule = Object.hasOwn(rules, key) ? rules[key] : undefined;
    if (rule === undefined) {
      if (!known.has(key)) unknown.push(key);
    } else if (!known.has(key) && !rule.isDefault?.(value)) {
      lines.push(left(rule.subject, wordsOf(value), rule.reason));
    }
  }
  if (unknown.length > 0) lines.push(left("Other fields", unknown.join(", "), "They are not known here."));
  planOperationPolicies(data, lines);
  if (project.deployments.some((name) => name !== "Default" && name !== "Production and Sandbox")) {
    lines.push(left("Deployment environments", project.deployments.join(", "), allGateways()));
  }
  planFiles([...project.others.keys()], lines);
}

function planKind(data: Values, lines: ImportLine[]): void {
  const type = textOf(data.type).toUpperCase();
  if (type === "" || type === "HTTP" || type === "SOAP") return;
  const reason = "Gateways here pass HTTP requests on as they are, and upgrade connections where a backend does.";
  lines.push({ outcome: "changed", subject: "Type of API", detail: `${type} → HTTP`, reason });
}

function planOperationPolicies({ operations }: Values, lines: ImportLine[]): void {
  if (!Array.isArray(operations)) return;
  const names = new Set<string>();
  for (const operation of operations) {
    if (!isRecord(operation) || !isRecord(operation.operationPolicies)) continue;
    for (const flow of Object.values(operation.operationPolicies)) {
      if (!Array.isArray(flow)) continue;
      for (const policy of flow) if (isRecord(policy)) names.add(textOf(policy.policyName) || "unnamed");
    }
  }
  if (names.size > 0)
    lines.push(left("Policies of operations", [...names].join(", "), "Gateways here run no mediation policies."));
}

function planFiles(paths: readonly string[], lines: ImportLine[]): void {
  const rest = new Set(paths);
  for (const { pattern, subject, reason } of folders) {
    const found = [...rest].filter((path) => pattern.test(path));
    for (const path of found) rest.delete(path);
    if (found.length > 0) lines.push(left(subject, namesOf(found), reason));
  }
  if (rest.size > 0) lines.push(left("Other files", namesOf([...rest]), "Nothing here reads them."));
}

function namesOf(paths: readonly string[]): string {
  const shownPaths = paths.slice(0, 5).join(", ");
  return paths.length > 5 ? `${shownPaths} and ${paths.length - 5} more` : shownPaths;
}

function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null || value === "" || value === false) return true;
  if (Array.isArray(value)) return value.every(isEmpty);
  return isRecord(value) && Object.values(value).every(isEmpty);
}

function isDisabled(value: unknown): boolean {
  return isRecord(value) && value.enabled !== true;
}

function isUnadvertised(value: unknown): boolean {
  return isRecord(value) && value.advertised !== true;
}

function isUnsigned(value: unknown): boolean {
  return isRecord(value) && textOf(value.secret) === "";
}

/** A value in words: lists by commas, fields by their names, without those that are empty. */
function wordsOf(value: unknown): string {
  if (value === true) return "on";
  if (Array.isArray(value))
    return value
      .filter((each) => !isEmpty(each))
      .map(wordsOf)
      .join(", ");
  if (!isRecord(value)) return textOf(value);
  const members = Object.entries(value).filter(([, member]) => !isEmpty(member));
  return members.map(([key, member]) => `${key}: ${wordsOf(member)}`).join(", ");
}

function allGateways(): string {
  return "Every gateway of this installation serves every API.";
}
