import { endpointsWithPaths, keyTypes } from "./endpoint-config.ts";
import { endpointSecurityIssues } from "./endpoint-security.ts";
import { endpointTargetProblem } from "./endpoint-target.ts";
import { problemOfIssues } from "./parse-input.ts";
import type { ProblemItem } from "./problem.ts";
import { type SnapshotApi, snapshotApiSchema } from "./snapshot.ts";

/** An API as a gateway serves it, or everything for which a gateway refuses it, each with its path in the document. */
export type CompiledApi = { ok: true; api: SnapshotApi } | { ok: false; issues: readonly ProblemItem[] };

/**
 * Makes of a stored API what gateways serve. Gateways take over nothing that has not passed here, and the publisher saves
 * nothing that does not pass: what a gateway would refuse is refused at the form.
 */
export function compileApi(stored: unknown): CompiledApi {
  const parsed = snapshotApiSchema.safeParse(stored);
  if (!parsed.success) return { ok: false, issues: problemOfIssues(parsed.error.issues).items };
  const issues = [...targetProblems(parsed.data), ...securityProblems(parsed.data)];
  return issues.length === 0 ? { ok: true, api: parsed.data } : { ok: false, issues };
}

function securityProblems({ endpointConfig }: SnapshotApi): ProblemItem[] {
  if (!endpointConfig?.extra) return [];
  return endpointSecurityIssues(endpointConfig).map(({ path, message }) => ({
    path: `endpointConfig.${path}`,
    message,
  }));
}

function targetProblems({ endpointConfig }: SnapshotApi): ProblemItem[] {
  if (!endpointConfig) return [];
  return keyTypes.flatMap((keyType) =>
    endpointsWithPaths(endpointConfig, keyType).flatMap(({ endpoint, path }) => {
      const message = endpointTargetProblem(endpoint.url);
      return message === undefined ? [] : [{ path: ["endpointConfig", ...path, "url"].join("."), message }];
    }),
  );
}
