import type { ApiProperty } from "../../lib/model/api-property.ts";

/**
 * What was typed, on top of what somebody else stored meanwhile: their changes stay at every name that was left alone
 * here.
 *
 * @param before what the typing began with
 */
export function rebasedProperties(
  typed: readonly ApiProperty[],
  before: readonly ApiProperty[],
  stored: readonly ApiProperty[],
): ApiProperty[] {
  const isTyped = (name: string) => valueAt(typed, name) !== valueAt(before, name);
  const kept = stored.flatMap(({ name, value }) => {
    const own = isTyped(name) ? valueAt(typed, name) : value;
    return own === undefined ? [] : [{ name, value: own }];
  });
  const added = typed.filter(({ name }) => isTyped(name) && valueAt(stored, name) === undefined);
  return [...kept, ...added];
}

function valueAt(properties: readonly ApiProperty[], name: string): string | undefined {
  return properties.find((property) => property.name === name)?.value;
}
