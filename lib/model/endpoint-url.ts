import { z } from "zod";

/**
 * The URL of a backend: absolute, http or https. Credentials and fragments are refused, because the one would be a
 * secret in a URL and the other never reaches a server. At most 2,000 characters.
 */
export const endpointUrlSchema = z
  .string()
  .trim()
  .min(1, "Enter the URL of the endpoint, for example https://backend.example.com/api.")
  .max(2000, "An endpoint URL has at most 2,000 characters.")
  .superRefine((value, context) => {
    const problem = endpointUrlProblem(value);
    if (problem) context.addIssue({ code: "custom", message: problem });
  });

function endpointUrlProblem(value: string): string | undefined {
  if (value === "") return undefined;
  if (!/^https?:\/\//i.test(value)) {
    return "This is not a URL that a gateway can call: it has to begin with http:// or https://.";
  }
  // Spaces and control characters inside are quietly encoded or dropped by URL parsers; we keep URLs as they were typed.
  if (/[\s\p{Cc}]/u.test(value)) return "A URL has no spaces or line breaks: write a space as %20.";
  if (!URL.canParse(value)) {
    return "This is not a complete URL: a host such as backend.example.com, and a port from 1 to 65535 if any, are expected after http:// or https://.";
  }
  const url = new URL(value);
  if (url.port === "0") return "Port 0 cannot be called: use a port from 1 to 65535.";
  if (url.username !== "" || url.password !== "") {
    return "Leave user name and password out of the URL.";
  }
  if (value.includes("#")) return "Leave out the part from # on: it is never sent to a server.";
  return undefined;
}
