import { expect, it } from "vitest";
import { corsSchema } from "./cors.ts";
import { checkCors } from "./cors-check.ts";

const cors = corsSchema.parse({
  corsConfigurationEnabled: true,
  accessControlAllowOrigins: ["https://app.example"],
  accessControlAllowHeaders: ["apikey", "Content-Type"],
  accessControlAllowMethods: ["GET", "PUT"],
});
const call = { origin: "https://app.example", method: "GET", headers: [], withCredentials: false };

it.each([
  ["a plain GET", {}, true, false, "sends the call at once"],
  ["a key in a header", { headers: ["ApiKey"] }, true, true, "because of the headers ApiKey"],
  ["PUT", { method: "PUT" }, true, true, "The method PUT is allowed"],
  ["DELETE", { method: "DELETE" }, false, true, "The method DELETE is not allowed"],
  ["an unknown header", { headers: ["X-A", "Accept"] }, false, true, "The header X-A is not allowed"],
  ["another origin", { origin: "https://evil.example" }, false, false, "not among the allowed"],
  ["credentials", { withCredentials: true }, false, false, "the script gets no answer"],
])("%s is explained as a browser does it", (_, part, isAllowed, hasPreflight, words) => {
  const verdict = checkCors(cors, { ...call, ...part });
  expect(verdict).toMatchObject({ isAllowed, hasPreflight });
  expect(verdict.steps.map((step) => step.words).join(" ")).toContain(words);
});

it("does not let the star stand for Authorization, and says that CORS is off", () => {
  const open = corsSchema.parse({ corsConfigurationEnabled: true, accessControlAllowHeaders: ["*"] });
  expect(checkCors(open, { ...call, headers: ["X-Any"] }).isAllowed).toBe(true);
  expect(checkCors(open, { ...call, headers: ["Authorization"] }).isAllowed).toBe(false);
  expect(checkCors(corsSchema.parse({}), call).steps[0]?.words).toContain("CORS is off");
});
