import { z } from "zod";

const nameForbidden = /[~!@#;:%^*()+={}|\\<>"',&$[\]/]/;
const versionForbidden = /[~!@#;:%^*()+={}|\\<>"',&$[\]/?\s]/;

/** Name of an API: up to 60 characters. Source: rules of WSO2's "Create an API" form. */
export const apiNameSchema = z
  .string({ error: "Enter a name." })
  .min(1, "Enter a name.")
  .max(60, "A name has at most 60 characters.")
  .superRefine((value, context) => {
    const forbidden = nameForbidden.exec(value)?.[0];
    if (forbidden) {
      context.addIssue({
        code: "custom",
        message: `A name cannot contain ${forbidden} — none of ~ ! @ # ; : % ^ * ( ) + = { } | \\ < > " ' , & $ [ ] /`,
      });
    } else if (/[\p{Cc}]/u.test(value)) {
      context.addIssue({ code: "custom", message: "A name cannot contain tabs, line breaks or control characters." });
    } else if (value !== value.trim()) {
      context.addIssue({ code: "custom", message: "A name cannot begin or end with a space." });
    } else if (/ {2}/.test(value)) {
      context.addIssue({ code: "custom", message: "A name cannot contain two spaces in a row." });
    }
  });

/** Version of an API: up to 30 characters, no spaces. */
export const apiVersionSchema = z
  .string({ error: "Enter a version, for example 1.0.0." })
  .min(1, "Enter a version, for example 1.0.0.")
  .max(30, "A version has at most 30 characters.")
  .superRefine((value, context) => {
    const forbidden = versionForbidden.exec(value)?.[0];
    if (forbidden) {
      const shown = /\s/.test(forbidden) ? "spaces" : forbidden;
      context.addIssue({
        code: "custom",
        message: `A version cannot contain ${shown} — no spaces and none of ~ ! @ # ; : % ^ * ( ) + = { } | \\ < > " ' , & $ [ ] / ?`,
      });
    } else if (!/^[A-Za-z0-9._-]+$/.test(value)) {
      context.addIssue({
        code: "custom",
        message: "A version stands in the URL: use letters, digits, dot, hyphen and underscore.",
      });
    } else if (value === "." || value === "..") {
      context.addIssue({ code: "custom", message: "A version needs a letter or digit." });
    }
  });

/** Context as people type it: the leading slash may be missing. */
export function normalizedContext(context: string): string {
  const trimmed = context.trim();
  return trimmed === "" || trimmed.startsWith("/") ? trimmed : `/${trimmed}`;
}

/**
 * Context of an API: the path prefix it answers at, up to 232 characters, normalized to a leading slash. `{version}`
 * may stand in it as a whole segment.
 */
export const apiContextSchema = z
  .string({ error: "Enter a context, for example /pizzashack." })
  .transform(normalizedContext)
  .superRefine((value, context) => {
    const problem = contextProblem(value);
    if (problem) context.addIssue({ code: "custom", message: problem });
  });

function contextProblem(value: string): string | undefined {
  if (value === "" || value === "/") return "Enter a context, for example /pizzashack.";
  if (value.length > 232) return "A context has at most 232 characters.";
  if (value.endsWith("/")) return "A context cannot end with a slash.";
  let versions = 0;
  for (const segment of value.slice(1).split("/")) {
    if (segment === "") return "A context cannot contain two slashes in a row.";
    if (segment === "." || segment === "..") return "A context cannot contain . or .. as a segment.";
    if (segment === "{version}") {
      versions += 1;
      continue;
    }
    if (/[{}]/.test(segment)) return "{version} may only stand as a whole segment, as in /{version}/pizzashack.";
    if (!/^[A-Za-z0-9._-]+$/.test(segment)) {
      return "A context stands in the URL: use letters, digits, dot, hyphen, underscore and slashes.";
    }
  }
  if (versions > 1) return "{version} may stand in a context once.";
  if (value === "/{version}") return "A context needs a segment of its own beside {version}.";
  return undefined;
}

/** Where a version of an API answers at the gateway: `/context/version`, or the context with `{version}` filled in. */
export function versionedPath(context: string, version: string): string {
  return context.includes("/{version}") ? context.replace("{version}", version) : `${context}/${version}`;
}

/** Where the default version of an API answers as well: the context without a version. */
export function defaultPath(context: string): string {
  return context.replace("/{version}", "");
}
