import type { Control } from "react-hook-form";
import { z } from "zod";
import {
  failoverStatusesSchema,
  healthCheckMethods,
  healthCheckSchema,
  slowStartMsSchema,
} from "@/lib/model/group-settings.ts";
import { typedNumberSchema } from "./endpoint-settings-values.ts";
import type { GroupSettings } from "./endpoints-draft.ts";

const typedGroupSettingsSchema = z.object({
  retryNonIdempotent: z.boolean(),
  failoverStatuses: z.object({ statuses: z.array(z.string()), allMethods: z.boolean() }),
  hasHealthCheck: z.boolean(),
  healthCheck: z.object({
    method: z.enum(healthCheckMethods),
    path: z.string().trim(),
    statusFrom: typedNumberSchema,
    statusTo: typedNumberSchema,
    intervalMs: typedNumberSchema,
    timeoutMs: typedNumberSchema,
    rise: typedNumberSchema,
    fall: typedNumberSchema,
  }),
  slowStartMs: typedNumberSchema,
});

/** What the Failover and Health Configurations dialog holds while it is open: texts as they are typed. */
export type TypedGroupSettings = z.input<typeof typedGroupSettingsSchema>;

const groupSettingsSchema = z.object({
  retryNonIdempotent: z.boolean(),
  failoverStatuses: failoverStatusesSchema.optional(),
  healthCheck: healthCheckSchema.optional(),
  slowStartMs: slowStartMsSchema.optional(),
});

/** Checks what was typed by the rules of the model; issues carry the name of their field. */
export const groupSettingsFormSchema = typedGroupSettingsSchema
  .transform(
    ({ failoverStatuses, hasHealthCheck, healthCheck, ...others }): z.input<typeof groupSettingsSchema> => ({
      ...others,
      failoverStatuses:
        failoverStatuses.statuses.length === 0
          ? undefined
          : { ...failoverStatuses, statuses: failoverStatuses.statuses.map(Number) },
      healthCheck: hasHealthCheck ? healthCheck : undefined,
    }),
  )
  .pipe(groupSettingsSchema);

/** The open dialog's fields. */
export type GroupSettingsControl = Control<TypedGroupSettings, unknown, z.output<typeof groupSettingsFormSchema>>;

/** What stands in the fields of a health check that is switched on for the first time: empty follows the default. */
const newHealthCheck = {
  method: "GET",
  path: "",
  statusFrom: "",
  statusTo: "",
  intervalMs: "",
  timeoutMs: "",
  rise: "",
  fall: "",
} as const satisfies TypedGroupSettings["healthCheck"];

/** What is in effect where a field of the health check is empty. */
export const standardHealthCheck = healthCheckSchema.parse({ path: "/" });

/** The dialog's fields for what the form holds. */
export function typedGroupSettings(settings: GroupSettings): TypedGroupSettings {
  const { retryNonIdempotent, failoverStatuses, healthCheck, slowStartMs } = settings;
  return {
    retryNonIdempotent,
    failoverStatuses: {
      statuses: failoverStatuses?.statuses.map(String) ?? [],
      allMethods: failoverStatuses?.allMethods ?? false,
    },
    hasHealthCheck: healthCheck !== undefined,
    healthCheck: healthCheck ? typedHealthCheck(healthCheck) : newHealthCheck,
    slowStartMs: slowStartMs === undefined ? "" : String(slowStartMs),
  };
}

/** Numbers that are the default stay empty, as they are when nobody set them. */
function typedHealthCheck(check: NonNullable<GroupSettings["healthCheck"]>): TypedGroupSettings["healthCheck"] {
  const text = (key: "statusFrom" | "statusTo" | "intervalMs" | "timeoutMs" | "rise" | "fall") =>
    check[key] === standardHealthCheck[key] ? "" : String(check[key]);
  return {
    method: check.method,
    path: check.path,
    statusFrom: text("statusFrom"),
    statusTo: text("statusTo"),
    intervalMs: text("intervalMs"),
    timeoutMs: text("timeoutMs"),
    rise: text("rise"),
    fall: text("fall"),
  };
}
