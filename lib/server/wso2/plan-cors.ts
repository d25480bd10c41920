import type { ImportLine } from "../../model/import-report.ts";
import { isRecord } from "../../model/wso2-value.ts";
import { left, taken, textOf } from "./import-lines.ts";
import type { ImportSurroundings } from "./plan-import.ts";

const field = "corsConfiguration";

/**
 * CORS as WSO2 says it, under the name that REST has for it too. One that browsers would not follow stays behind, and so
 * does one where gateways answer for no API; where it is off, as WSO2 has it unless somebody wants it, defaults do.
 */
export function planCors(
  data: Record<string, unknown>,
  { ownFields, problemOf }: Pick<ImportSurroundings, "ownFields" | "problemOf">,
  lines: ImportLine[],
): Record<string, unknown> {
  const cors = data[field];
  if (!isRecord(cors)) return {};
  const known = ownFields.includes(field);
  const given = Object.fromEntries(Object.entries(cors).filter(([, value]) => value !== null));
  const problem = known ? problemOf(field, given) : "Gateways here leave CORS to the endpoints.";
  if (String(cors.corsConfigurationEnabled) !== "true") {
    return known ? { [field]: problem === undefined ? given : undefined } : {};
  }
  const origins = Array.isArray(cors.accessControlAllowOrigins) ? cors.accessControlAllowOrigins.map(textOf) : [];
  const detail = `Origins ${origins.join(", ") || "*"}`;
  lines.push(problem === undefined ? taken("CORS", detail) : left("CORS", detail, problem));
  return known ? { [field]: problem === undefined ? given : undefined } : {};
}
