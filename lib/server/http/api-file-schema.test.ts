import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { z } from "zod";
import { apiFileSchema } from "./automation-operations.ts";

// Editors read the file; after a change of what an API says, the difference that fails here belongs into it.
it("is published as the JSON schema of API files", () => {
  const file = join(import.meta.dirname, "../../../cli/api-file.schema.json");
  const published: unknown = JSON.parse(readFileSync(file, "utf8"));
  const schema = z.toJSONSchema(apiFileSchema, { io: "input", unrepresentable: "any" });
  expect(published).toEqual({ title: "An API of Fairlead, as npx fairlead apply reads it", ...schema });
});
