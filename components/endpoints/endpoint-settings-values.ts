import type { Control } from "react-hook-form";
import { z } from "zod";
import { type EndpointSettings, endpointSettingsSchema } from "@/lib/model/endpoint-policy.ts";

/** A number as it is typed: nothing stands for the default, and what is no number is for the model's schema to refuse. */
export const typedNumberSchema = z.string().transform((text) => {
  const typed = text.trim().replaceAll(/(?<=\d)[ ,_'](?=\d{3})/g, "");
  return typed === "" ? undefined : Number(typed);
});

const codesSchema = z.array(z.number()).transform((codes) => (codes.length === 0 ? undefined : codes));

const typedSettingsSchema = z.object({
  suspendErrorCodes: codesSchema,
  suspendInitialDurationMs: typedNumberSchema,
  suspendMaximumDurationMs: typedNumberSchema,
  suspendFactor: typedNumberSchema,
  timeoutErrorCodes: codesSchema,
  retriesBeforeSuspension: typedNumberSchema,
  retryDelayMs: typedNumberSchema,
  timeoutAction: z.enum(["", "fault", "discard"]).transform((action) => (action === "" ? undefined : action)),
  responseTimeoutMs: typedNumberSchema,
  disabledErrorCodes: codesSchema,
});

/** What the Advanced Configurations dialog holds while it is open: texts as they are typed. */
export type TypedSettings = z.input<typeof typedSettingsSchema>;

/** Checks what was typed by the rules of the model; issues carry the name of their field. */
export const settingsFormSchema = typedSettingsSchema
  .transform((typed): EndpointSettings => typed)
  .pipe(endpointSettingsSchema);

/** The open dialog's fields. */
export type SettingsControl = Control<TypedSettings, unknown, z.output<typeof settingsFormSchema>>;

/** The dialog's fields for settings; what is not set is empty. */
export function typedSettings(settings: EndpointSettings): TypedSettings {
  const text = (value: number | undefined) => (value === undefined ? "" : String(value));
  return {
    suspendErrorCodes: settings.suspendErrorCodes ?? [],
    suspendInitialDurationMs: text(settings.suspendInitialDurationMs),
    suspendMaximumDurationMs: text(settings.suspendMaximumDurationMs),
    suspendFactor: text(settings.suspendFactor),
    timeoutErrorCodes: settings.timeoutErrorCodes ?? [],
    retriesBeforeSuspension: text(settings.retriesBeforeSuspension),
    retryDelayMs: text(settings.retryDelayMs),
    timeoutAction: settings.timeoutAction ?? "",
    responseTimeoutMs: text(settings.responseTimeoutMs),
    disabledErrorCodes: settings.disabledErrorCodes ?? [],
  };
}

/** The settings that the dialog leaves behind: nothing stands for what is not set. */
export function settingsFromForm(parsed: EndpointSettings): EndpointSettings {
  return endpointSettingsSchema.parse(
    Object.fromEntries(Object.entries(parsed).filter(([, value]) => value !== undefined)),
  );
}
