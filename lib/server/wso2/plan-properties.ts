import { type ApiProperty, apiPropertySchema, mostProperties } from "../../model/api-property.ts";
import type { ImportLine } from "../../model/import-report.ts";
import { isRecord } from "../../model/wso2-value.ts";
import { left, taken, textOf } from "./import-lines.ts";

/** What 3.x puts behind the names of properties that its developer portal shows. */
const shownEnding = /__display$/;

/**
 * The properties of a project as REST takes them, and lines about them. What cannot be one here stays behind, so that the
 * API comes in all the same.
 */
export function planProperties(data: Record<string, unknown>, lines: ImportLine[]): readonly ApiProperty[] {
  const properties: ApiProperty[] = [];
  const shown: string[] = [];
  for (const source of listed(data)) {
    const named = { name: textOf(source.name).replace(shownEnding, ""), value: textOf(source.value) };
    const problem = problemOf(named, properties);
    if (problem !== undefined) {
      lines.push(left("Property", `${named.name}: ${named.value}`, problem));
      continue;
    }
    properties.push(apiPropertySchema.parse(named));
    if (source.display === true || shownEnding.test(textOf(source.name))) shown.push(named.name);
  }
  if (properties.length > 0) lines.push(taken("Properties", properties.map(({ name }) => name).join(", ")));
  if (shown.length > 0)
    lines.push(left("Properties shown to consumers", shown.join(", "), "There is no developer portal here."));
  return properties;
}

/** 4.x writes a list, and beside it the same by name; 3.x has become a list already. */
function listed({ additionalProperties, additionalPropertiesMap }: Record<string, unknown>): Record<string, unknown>[] {
  if (Array.isArray(additionalProperties) && additionalProperties.length > 0)
    return additionalProperties.map((each: unknown) => (isRecord(each) ? each : { value: each }));
  if (!isRecord(additionalPropertiesMap)) return [];
  return Object.entries(additionalPropertiesMap).map(([name, each]) =>
    isRecord(each) ? { ...each, name } : { name, value: each },
  );
}

function problemOf(property: ApiProperty, before: readonly ApiProperty[]): string | undefined {
  if (before.length === mostProperties) return `An API has at most ${mostProperties} properties here.`;
  if (before.some(({ name }) => name.toLowerCase() === property.name.toLowerCase()))
    return "There is a property of this name already.";
  return apiPropertySchema
    .safeParse(property)
    .error?.issues.map(({ message }) => message)
    .join(" ");
}
