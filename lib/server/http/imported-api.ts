import "server-only";
import type { z } from "zod";
import type { Api } from "../../model/api.ts";
import { Problem } from "../../model/problem.ts";
import { applyApi } from "../apis/apply-api.ts";
import { isVersionTaken } from "../apis/is-version-taken.ts";
import type { ServerContext } from "../context.ts";
import { readDefinition } from "../definitions/read-definition.ts";
import { requirePermission } from "../permission/require-permission.ts";
import { listRateTiers } from "../rate-tiers/list-rate-tiers.ts";
import { openProject } from "../wso2/open-project.ts";
import { namingOf, planImport } from "../wso2/plan-import.ts";
import { apiInput } from "./api-representation.ts";
import { applyBody, refusedApi } from "./applied-api.ts";
import type { ImportedRepresentation, importApiOperation } from "./import-operations.ts";

type Query = z.output<(typeof importApiOperation)["query"]>;

/** Fields that WSO2 has as well are read where their meaning is; the others are ours, and taken as they are. */
const ownFields = Object.keys(apiInput.shape);

const fieldSchemas = new Map<string, z.ZodType>(Object.entries(apiInput.shape));

function problemOf(field: string, value: unknown): string | undefined {
  return fieldSchemas
    .get(field)
    ?.safeParse(value)
    .error?.issues.map(({ message }) => message)
    .join(" ");
}

/**
 * Imports the API of an archive in one transaction, or tells what would become of it. Problems: what is wrong with the
 * archive, and, unless it is only asked for, with the API: as of creating and updating.
 */
export async function importArchive(
  context: ServerContext,
  archive: Uint8Array,
  { dryRun, overwrite, comment, preserveProvider: _ignored, ...choices }: Query,
): Promise<ImportedRepresentation> {
  requirePermission(context, "api.create");
  const project = await openProject(archive);
  const { name, version } = namingOf(project, choices);
  const isReplacing = overwrite === "true" && (await isVersionTaken(context, name, version));
  const rateTiers = (await listRateTiers(context)).map((tier) => tier.name);
  const definition = project.definition && (await readDefinition(project.definition.text));
  const plan = planImport(project, choices, { rateTiers, isReplacing, ownFields, problemOf, definition });
  const body = { ...plan.body, lifeCycleStatus: plan.lifecycleState };
  const acting = { ...context, isRehearsal: dryRun === "true" };
  const importing = { mustBeNew: !isReplacing, revisionAction: "Import" };
  try {
    const applied = await applyBody(body, ({ asNew, asChanges, ...wanted }) => {
      const whole = {
        asNew: () => ({ ...asNew(), ...plan.definition }),
        asChanges: (present: Api) => ({ ...asChanges(present), ...plan.definition }),
      };
      return applyApi(acting, { ...wanted, ...whole, ...importing }, comment);
    });
    return { ...plan.report, ...applied };
  } catch (error) {
    if (!(error instanceof Problem) || dryRun !== "true") throw error;
    return { ...plan.report, ...refusedApi(body, error) };
  }
}
