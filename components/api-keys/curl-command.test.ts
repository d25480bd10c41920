import { expect, it } from "vitest";
import { curlCommand } from "./curl-command.ts";

it("quotes what a shell would take apart", () => {
  expect(curlCommand("http://localhost:8280/a?b=1&c=it's", "apikey: flk_x")).toBe(
    `curl 'http://localhost:8280/a?b=1&c=it'\\''s' -H 'apikey: flk_x'`,
  );
});
