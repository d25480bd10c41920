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

it.each([
  ["Content-Type", true],
  ["Content-Type: application/json", true],
  ["content-type: text/plain", false],
  ["Content-Type: Text/Plain; charset=utf-8", false],
  ["Content-Type: application/x-www-form-urlencoded", false],
  ["Content-Type: multipart/form-data; boundary=a", false],
  ["Content-Type: multipart/form-data; boundary=(a)", true],
  ["Content-Type: text/plainer", true],
  ["Accept", false],
  ["Accept: application/json", false],
  ["Accept: a{b}", true],
  [`Accept: ${"a".repeat(128)}`, false],
  [`Accept: ${"a".repeat(129)}`, true],
  [`Accept: ${"é".repeat(65)}`, true],
  ["Accept-Language: de-CH, en;q=0.5", false],
  ["Accept-Language: de_CH", true],
  ["Content-Language: de@ch", true],
  ["Range: bytes=0-", false],
  ["Range: bytes=0-99", false],
  ["Range: bytes=99-0", true],
  ["Range: bytes=-99", true],
  ["Range: bytes=0-1,4-5", true],
  ["X-A: 1", true],
])("a script that sets %s is asked for first: %s", (header, hasPreflight) => {
  expect(checkCors(cors, { ...call, headers: [header] }).hasPreflight).toBe(hasPreflight);
});

it("asks first where plain values are long together", () => {
  const long = `Accept: ${"a".repeat(128)}`;
  expect(checkCors(cors, { ...call, headers: Array(8).fill(long) }).hasPreflight).toBe(false);
  expect(checkCors(cors, { ...call, headers: Array(9).fill(long) }).hasPreflight).toBe(true);
});

it.each([
  ["get", true, false, "sends the call at once"],
  ["post", true, false, "sends the call at once"],
  ["put", true, true, "The method PUT is allowed"],
  [
    "patch",
    false,
    true,
    "The method patch is not allowed. Browsers send it as it is written, and PATCH is another one.",
  ],
])("a script that writes %s has it capitalised as browsers do", (method, isAllowed, hasPreflight, words) => {
  const allowed = { ...cors, accessControlAllowMethods: ["PUT", "PATCH"] };
  const verdict = checkCors(allowed, { ...call, method });
  expect(verdict).toMatchObject({ isAllowed, hasPreflight });
  expect(verdict.steps.map((step) => step.words).join(" ")).toContain(words);
});
