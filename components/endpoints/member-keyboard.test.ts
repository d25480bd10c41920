import { expect, it } from "vitest";
import { memberKey } from "./member-keyboard.ts";

const plain = { altKey: false, ctrlKey: false, metaKey: false, shiftKey: false };

it.each([
  [{ key: "ArrowDown" }, true, { kind: "focus", by: 1 }],
  [{ key: "ArrowUp" }, false, { kind: "focus", by: -1 }],
  [{ key: "ArrowUp", altKey: true }, true, { kind: "move", by: -1 }],
  [{ key: "ArrowDown", altKey: true }, false, { kind: "move", by: 1 }],
  [{ key: "Delete" }, false, { kind: "remove" }],
  [{ key: "Delete" }, true, undefined],
  [{ key: "ArrowDown", shiftKey: true }, true, undefined],
  [{ key: "ArrowDown", ctrlKey: true, altKey: true }, false, undefined],
  [{ key: "a" }, false, undefined],
])("%j with the cursor in a text (%s) means %j", (press, isInText, meaning) => {
  expect(memberKey({ ...plain, ...press }, isInText)).toEqual(meaning);
});
