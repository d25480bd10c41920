"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import Alert from "@mui/material/Alert";
import FormControlLabel from "@mui/material/FormControlLabel";
import Stack from "@mui/material/Stack";
import Switch from "@mui/material/Switch";
import TextField from "@mui/material/TextField";
import { useRouter } from "next/navigation";
import { Controller, useForm } from "react-hook-form";
import { FormActions } from "@/components/ui/form-actions.tsx";
import { useNotify } from "@/components/ui/notify.tsx";
import { UnsavedChangesGuard } from "@/components/ui/unsaved-changes-guard.tsx";
import { type GuardSettings, guardSettingsSchema } from "@/lib/model/guard.ts";
import { setApiGuardAction } from "@/lib/server/actions/set-api-guard-action.ts";

const numbers = [
  ["watchMinutes", "Watch time (minutes)", "How long a change is watched once it is live, 1 to 60."],
  [
    "maxErrorPoints",
    "Error limit (percentage points)",
    "So much more of the requests may fail than before: 5 lets 1 % become 6 %.",
  ],
  [
    "maxLatencyPercent",
    "Latency limit (percent)",
    "By so much may the time grow within which 95 of 100 requests are answered.",
  ],
  ["minRequests", "Requests needed", "With fewer requests, before or after, there is no judgement."],
] as const;

type GuardSettingsFormProps = { apiId: string; settings: GuardSettings; canPublish: boolean };

/** How changes of an API are guarded. */
export function GuardSettingsForm({ apiId, settings, canPublish }: GuardSettingsFormProps) {
  const router = useRouter();
  const notify = useNotify();
  const form = useForm({ resolver: zodResolver(guardSettingsSchema), mode: "onTouched", defaultValues: settings });
  const { control, formState, handleSubmit, register, reset, setError, watch } = form;
  const { errors, isDirty, isSubmitting } = formState;
  const isOn = watch("enabled");

  const save = handleSubmit(async (values) => {
    const result = await setApiGuardAction(apiId, values);
    if (!result.ok) {
      for (const { path, message } of result.problem.items) {
        const field = numbers.find(([name]) => name === path)?.[0];
        if (field) setError(field, { message });
      }
      notify.error(result.problem.message);
      return;
    }
    reset(result.value);
    notify.success(result.value.enabled ? "The next change is watched." : "Changes are not watched any more.");
    router.refresh();
  });

  return (
    <form noValidate onSubmit={save} aria-label="Guarded publish">
      <UnsavedChangesGuard dirty={isDirty} />
      <Stack sx={{ gap: 2.5, maxWidth: 720 }}>
        {!canPublish && <Alert severity="info">You can see how this API is guarded, and not change it.</Alert>}
        <Controller
          control={control}
          name="enabled"
          render={({ field }) => (
            <FormControlLabel
              label="Guard every publish"
              control={
                <Switch checked={field.value} disabled={!canPublish} onChange={(_, next) => field.onChange(next)} />
              }
            />
          )}
        />
        <Stack sx={{ gap: 2.5, display: "grid", gridTemplateColumns: { sm: "1fr 1fr" } }}>
          {numbers.map(([name, label, help]) => (
            <TextField
              key={name}
              label={label}
              type="number"
              disabled={!isOn || !canPublish}
              error={errors[name] !== undefined}
              helperText={errors[name]?.message ?? help}
              slotProps={{
                htmlInput: { step: "any", inputMode: "decimal" },
                // What a setting means is worth reading before it can be set.
                formHelperText: { disabled: false },
              }}
              {...register(name, { valueAsNumber: true })}
            />
          ))}
        </Stack>
      </Stack>
      <FormActions dirty={isDirty && canPublish} saving={isSubmitting} onCancel={() => reset(settings)} />
    </form>
  );
}
