import "server-only";
import type { Api } from "../../model/api.ts";
import { parseInput } from "../../model/parse-input.ts";
import { Problem } from "../../model/problem.ts";
import type { AppliedApi, WantedApi } from "../apis/apply-api.ts";
import { apiChangesFromBody, newApiFromBody } from "./api-representation.ts";
import { type AppliedRepresentation, apiFileSchema } from "./automation-operations.ts";
import { problemPathsRenamed } from "./problem-paths.ts";

const identity = apiFileSchema.pick({
  name: true,
  version: true,
  lifeCycleStatus: true,
  definition: true,
  documents: true,
});

/**
 * What becomes of one API of a body. What is wrong with it is told, not thrown: the others are applied all the same.
 *
 * @param apply applies it, or only tries to
 */
export async function appliedApi(
  body: unknown,
  apply: (wanted: WantedApi) => Promise<AppliedApi>,
): Promise<AppliedRepresentation> {
  try {
    return await applyBody(body, apply);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return refusedApi(body, error);
  }
}

/** The same, where what is wrong is thrown. Problems: as of applying; paths as the body names them. */
export async function applyBody(
  body: unknown,
  apply: (wanted: WantedApi) => Promise<AppliedApi>,
): Promise<AppliedRepresentation> {
  const { name, version, lifeCycleStatus, definition, operations, documents } = parseInput(identity.loose(), body);
  const wanted = {
    ...{ name, version, lifecycleState: lifeCycleStatus },
    documents,
    definition: typeof definition === "string" ? definition : undefined,
    namesOperations: operations !== undefined && operations !== null,
    asChanges: (present: Api) => apiChangesFromBody(body, present),
    asNew: () => newApiFromBody(body),
  };
  const { id = null, revision = null, action, changes } = await problemPathsRenamed(restNames, () => apply(wanted));
  const told = changes.map(({ subject, before = null, after = null }) => ({ subject, before, after }));
  return { name, version, id, revision, action, changes: told, message: null, errors: [] };
}

const restNames = { "runtime.rateTier": "rateLimit", "runtime.jwt.consumer.rateTier": "jwt.consumer.rateTier" };

/** How it is told that an API was refused. */
export function refusedApi(body: unknown, { message, items }: Problem): AppliedRepresentation {
  const { name = "", version = "" } = named(body);
  return { name, version, id: null, revision: null, action: "refused", changes: [], message, errors: [...items] };
}

/** What a body that is refused calls itself, as far as that can be read. */
function named(body: unknown): { name?: string; version?: string } {
  if (typeof body !== "object" || body === null) return {};
  const name = "name" in body && typeof body.name === "string" ? body.name.slice(0, 200) : "";
  const version = "version" in body && typeof body.version === "string" ? body.version.slice(0, 200) : "";
  return { name, version };
}
