import { describe, expect, it } from "vitest";
import { apiPropertiesSchema, mostProperties } from "./api-property.ts";

/** Paths of what is wrong with a list of properties. */
const wrong = (properties: unknown) =>
  apiPropertiesSchema.safeParse(properties).error?.issues.map(({ path }) => path.join(".")) ?? [];

describe("properties of an API", () => {
  it.each<[string, unknown, string[]]>([
    ["nothing", [], []],
    ["a name and a value", [{ name: "team", value: "Sea & Air" }], []],
    ["what only WSO2 knows", [{ name: "team", value: "Sea", display: true }], []],
    ["letters of any language", [{ name: "Équipe_ß-1.2", value: "海" }], []],
    ["the longest", [{ name: "n".repeat(80), value: "v".repeat(900) }], []],
    ["a name that is too long", [{ name: "n".repeat(81), value: "x" }], ["0.name"]],
    ["a value that is too long", [{ name: "n", value: "v".repeat(901) }], ["0.value"]],
    ["no name", [{ name: " ", value: "x" }], ["0.name"]],
    ["no value", [{ name: "n", value: " " }], ["0.value"]],
    ["a space in a name", [{ name: "cost centre", value: "x" }], ["0.name"]],
    ["a colon in a name", [{ name: "a:b", value: "x" }], ["0.name"]],
    ["a quote in a name", [{ name: 'a"b', value: "x" }], ["0.name"]],
    ["a mark that turns the writing around in a name", [{ name: "a\u202eb", value: "x" }], ["0.name"]],
    ["a line end in a value", [{ name: "a", value: "x\ny:z" }], ["0.value"]],
    ["a number in place of a text", [{ name: "a", value: 1 }], ["0.value"]],
    ["a reserved name, however it is written", [{ name: "lcState", value: "x" }], ["0.name"]],
    [
      "the same name twice, however it is written",
      [
        { name: "team", value: "x" },
        { name: "Team", value: "y" },
      ],
      ["1.name"],
    ],
    ["too many", Array.from({ length: mostProperties + 1 }, (_, index) => ({ name: `p${index}`, value: "x" })), [""]],
  ])("%s", (_, properties, paths) => {
    expect(wrong(properties)).toEqual(paths);
  });
});
