import { expect, it } from "vitest";
import { rebasedProperties } from "./rebased-properties.ts";

const list = (text: string) =>
  text.split(" ").flatMap((pair) => {
    const [name = "", value = ""] = pair.split("=");
    return name === "" ? [] : [{ name, value }];
  });

it.each([
  ["nothing typed", "a=1 b=2", "a=1 b=2", "a=1 b=3 c=4", "a=1 b=3 c=4"],
  ["a value typed", "a=9 b=2", "a=1 b=2", "a=1 b=3", "a=9 b=3"],
  ["one added here and one there", "a=1 x=1", "a=1", "a=1 y=1", "a=1 y=1 x=1"],
  ["one removed here", "b=2", "a=1 b=2", "a=1 b=3", "b=3"],
  ["one removed there", "a=1 b=2", "a=1 b=2", "a=1", "a=1"],
  ["one removed there and changed here", "a=1 b=9", "a=1 b=2", "a=1", "a=1 b=9"],
  ["the same changed here and there", "a=9", "a=1", "a=5", "a=9"],
])("keeps what was typed over what is stored: %s", (_, typed, before, stored, expected) => {
  expect(rebasedProperties(list(typed), list(before), list(stored))).toEqual(list(expected));
});
