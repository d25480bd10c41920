import { expect, it } from "vitest";
import { readOptions } from "./options.ts";

const read = (...args: string[]) => readOptions(args, ["get-1k", "session"], ["fairlead", "nginx"]);

it("measures everything with five rounds when nothing is said", () => {
  expect(read()).toEqual({ rounds: 5, seconds: 2, soak: false, profile: false, write: false, document: false });
});

it("takes names with commas and numbers", () => {
  expect(read("--only", "session,get-1k", "--contenders", "nginx", "--rounds", "3")).toMatchObject({
    only: ["session", "get-1k"],
    contenders: ["nginx"],
    rounds: 3,
  });
});

it.each([
  [["--only", "get-2k"], "--only takes names of: get-1k, session"],
  [["--contenders", "squid"], "--contenders takes names of: fairlead, nginx"],
  [["--rounds", "0"], "--rounds is a whole number from 1 to 100"],
  [["--seconds", "61"], "--seconds is at most 60"],
  [["--write", "--only", "session"], "--write is for whole runs"],
  [["--fast"], "--fast"],
])("refuses %j with what is accepted", (args, message) => {
  expect(() => read(...args)).toThrow(message);
});
