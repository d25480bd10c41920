"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import AddIcon from "@mui/icons-material/Add";
import Alert from "@mui/material/Alert";
import Button from "@mui/material/Button";
import Stack from "@mui/material/Stack";
import { useFieldArray, useForm } from "react-hook-form";
import { StaleSaveDialog } from "@/components/api-settings/stale-save-dialog.tsx";
import { useSaveApi } from "@/components/api-settings/use-save-api.ts";
import { CommentField } from "@/components/history/comment-field.tsx";
import { ScheduleMenu } from "@/components/publishing/schedule-menu.tsx";
import { EmptyState } from "@/components/ui/empty-state.tsx";
import { FormActions } from "@/components/ui/form-actions.tsx";
import { UnsavedChangesGuard } from "@/components/ui/unsaved-changes-guard.tsx";
import { useRefusal } from "@/components/ui/when-permitted.tsx";
import { type Api, apiDocumentSchema } from "@/lib/model/api.ts";
import { mostProperties } from "@/lib/model/api-property.ts";
import type { ProblemItem } from "@/lib/model/problem.ts";
import { PropertyRow } from "./property-row.tsx";
import { PropertyTable } from "./property-table.tsx";
import { rebasedProperties } from "./rebased-properties.ts";

const propertiesSchema = apiDocumentSchema.pick({ properties: true }).required();

const valuesOf = ({ properties }: Pick<Api, "properties">) => ({ properties });

/** Properties: what is known of an API beside its settings, by name and value. */
export function PropertiesForm({ api }: { api: Api }) {
  const isReadOnly = useRefusal() !== undefined;
  const form = useForm({ resolver: zodResolver(propertiesSchema), mode: "onTouched", defaultValues: valuesOf(api) });
  const { control, formState, getValues, handleSubmit, register, reset, setError, setValue, trigger } = form;
  const { defaultValues, errors, isDirty, isSubmitting } = formState;
  const { fields, append, remove } = useFieldArray({ control, name: "properties" });
  const { save, schedule, stale, comment } = useSaveApi(api, {
    isDirty,
    onStored: (stored) => reset(valuesOf(stored)),
    onRebased: (stored) => {
      const before = (defaultValues?.properties ?? []).map((each) => ({ name: "", value: "", ...each }));
      const kept = rebasedProperties(getValues().properties, before, stored.properties);
      reset(valuesOf(stored));
      setValue("properties", kept, { shouldDirty: true });
    },
    onInvalid: (items: readonly ProblemItem[]) => {
      for (const { path, message } of items) {
        const [, index, part] = /^properties\.(\d+)\.(name|value)$/.exec(path) ?? [];
        if (part === "name" || part === "value") setError(`properties.${Number(index)}.${part}`, { message });
      }
    },
  });
  const listError = errors.properties?.message ?? errors.properties?.root?.message;
  if (isReadOnly) return <PropertyTable properties={api.properties} />;
  return (
    <form noValidate onSubmit={handleSubmit(save)} aria-label="Properties">
      <UnsavedChangesGuard dirty={isDirty} />
      <Stack sx={{ gap: 2, maxWidth: 900, alignItems: "flex-start", "& > *": { maxWidth: 1 } }}>
        {listError !== undefined && <Alert severity="error">{listError}</Alert>}
        {fields.length === 0 ? (
          <EmptyState
            title="No properties yet"
            description="Say what belongs to this API: its team, its cost centre, the system behind it."
          />
        ) : (
          <Stack component="ul" sx={{ gap: 2, width: 1, p: 0, m: 0, listStyle: "none" }}>
            {fields.map(({ id }, index) => (
              <PropertyRow
                key={id}
                number={index + 1}
                name={register(`properties.${index}.name`)}
                value={register(`properties.${index}.value`)}
                problems={{
                  name: errors.properties?.[index]?.name?.message,
                  value: errors.properties?.[index]?.value?.message,
                }}
                onRemove={() => remove(index)}
              />
            ))}
          </Stack>
        )}
        <Button
          variant="outlined"
          startIcon={<AddIcon />}
          disabled={fields.length >= mostProperties}
          onClick={() => append({ name: "", value: "" })}
        >
          Add property
        </Button>
      </Stack>
      <FormActions
        dirty={isDirty}
        saving={isSubmitting}
        onCancel={() => reset(valuesOf(api))}
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
