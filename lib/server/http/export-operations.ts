import "server-only";
import { z } from "zod";
import type { Operation } from "./operation.ts";

/** Syntaxes of the files in an archive; upper case as apictl asks for them. */
export const archiveFormats = ["YAML", "JSON"] as const;

export const exportApiOperation = {
  method: "GET",
  path: "/apis/export",
  operationId: "exportAPI",
  summary: "Download an API as a project of apictl 4.x; secrets of endpoints are left empty",
  query: z.object({
    apiId: z.string().optional().meta({ description: "Id of the API; or give name and version." }),
    name: z.string().optional(),
    version: z.string().optional(),
    format: z.enum(archiveFormats, { error: "The format is YAML or JSON." }).default("YAML"),
  }),
  answer: { status: 200, description: "The archive", mediaType: "application/zip" },
  errors: [400, 403, 404],
} as const satisfies Operation;
