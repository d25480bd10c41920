"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import FormControlLabel from "@mui/material/FormControlLabel";
import FormHelperText from "@mui/material/FormHelperText";
import Stack from "@mui/material/Stack";
import Switch from "@mui/material/Switch";
import TextField from "@mui/material/TextField";
import { useId } from "react";
import { Controller, useForm } from "react-hook-form";
import type { z } from "zod";
import { CommentField } from "@/components/history/comment-field.tsx";
import { ScheduleMenu } from "@/components/publishing/schedule-menu.tsx";
import { FormActions } from "@/components/ui/form-actions.tsx";
import { UnsavedChangesGuard } from "@/components/ui/unsaved-changes-guard.tsx";
import { type Api, apiDocumentSchema } from "@/lib/model/api.ts";
import { defaultPath, versionedPath } from "@/lib/model/api-naming.ts";
import { ReadOnlyField } from "./read-only-field.tsx";
import { StaleSaveDialog } from "./stale-save-dialog.tsx";
import { TagsField } from "./tags-field.tsx";
import { useSaveApi } from "./use-save-api.ts";

const designSchema = apiDocumentSchema.pick({
  displayName: true,
  description: true,
  tags: true,
  isDefaultVersion: true,
});
type DesignValues = z.input<typeof designSchema>;

const designFields = ["displayName", "description", "tags", "isDefaultVersion"] as const;

const designValues = ({ displayName, description, tags, isDefaultVersion }: Api): DesignValues => ({
  displayName,
  description,
  tags,
  isDefaultVersion,
});

/** Design Configurations: what an API is called and how it is found. */
export function DesignForm({ api }: { api: Api }) {
  const form = useForm({ resolver: zodResolver(designSchema), mode: "onTouched", defaultValues: designValues(api) });
  const { control, formState, getValues, handleSubmit, register, reset, setError, trigger } = form;
  const { errors, isDirty, isSubmitting } = formState;
  const { save, schedule, stale, comment } = useSaveApi(api, {
    isDirty,
    onStored: (stored) => reset(designValues(stored)),
    onRebased: (stored) => reset(designValues(stored), { keepDirtyValues: true }),
    onInvalid: (items) => {
      for (const { path, message } of items) {
        const field = designFields.find((name) => path === name || path.startsWith(`${name}.`));
        if (field) setError(field, { message });
      }
    },
  });
  return (
    <form noValidate onSubmit={handleSubmit(save)} aria-label="Design Configurations">
      <UnsavedChangesGuard dirty={isDirty} />
      <Stack sx={{ gap: 3, maxWidth: 720 }}>
        <Stack direction={{ xs: "column", sm: "row" }} sx={{ gap: 2 }}>
          <ReadOnlyField label="Name" value={api.name} />
          <ReadOnlyField label="Context" value={api.context} mono />
          <ReadOnlyField label="Version" value={api.version} mono />
        </Stack>
        <TextField
          label="Display name"
          required
          fullWidth
          error={errors.displayName !== undefined}
          helperText={
            errors.displayName?.message ?? "What people read. The name, context and version stay as they are."
          }
          {...register("displayName")}
        />
        <TextField
          label="Description"
          multiline
          minRows={3}
          maxRows={12}
          fullWidth
          error={errors.description !== undefined}
          helperText={errors.description?.message ?? "What the API does, and for whom."}
          {...register("description")}
        />
        <Controller
          control={control}
          name="tags"
          render={({ field }) => (
            <TagsField
              value={field.value}
              onChange={field.onChange}
              onBlur={field.onBlur}
              error={tagsError(errors.tags)}
            />
          )}
        />
        <Controller
          control={control}
          name="isDefaultVersion"
          render={({ field }) => <DefaultVersionSwitch api={api} checked={field.value} onChange={field.onChange} />}
        />
      </Stack>
      <FormActions
        dirty={isDirty}
        saving={isSubmitting}
        onCancel={() => reset(designValues(api))}
        menu={
          <ScheduleMenu
            disabled={!isDirty || isSubmitting}
            comment={comment.value}
            onSchedule={async (time) => ((await trigger()) ? schedule(getValues(), time) : { ok: false, items: [] })}
          />
        }
      >
        <CommentField {...comment} />
      </FormActions>
      {stale && <StaleSaveDialog stale={stale} />}
    </form>
  );
}

type DefaultVersionSwitchProps = { api: Api; checked: boolean; onChange: (checked: boolean) => void };

function DefaultVersionSwitch({ api, checked, onChange }: DefaultVersionSwitchProps) {
  const helpId = useId();
  return (
    <div>
      <FormControlLabel
        label="Default version"
        control={
          <Switch
            checked={checked}
            onChange={(_, next) => onChange(next)}
            slotProps={{ input: { "aria-describedby": helpId } }}
          />
        }
      />
      <FormHelperText id={helpId}>
        On: gateways answer at <code>{defaultPath(api.context)}</code> as well as at{" "}
        <code>{versionedPath(api.context, api.version)}</code>. One version of an API can be the default; switching it
        on here switches it off at the version that has it now.
      </FormHelperText>
    </div>
  );
}

/** The message of the list of tags, or of the first tag that has one. */
function tagsError(error: { message?: string } | readonly ({ message?: string } | undefined)[] | undefined) {
  if (!error) return undefined;
  if ("message" in error && typeof error.message === "string") return error.message;
  return Array.isArray(error) ? error.find((each) => each?.message)?.message : undefined;
}
