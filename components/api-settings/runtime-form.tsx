"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import Alert from "@mui/material/Alert";
import Divider from "@mui/material/Divider";
import FormControlLabel from "@mui/material/FormControlLabel";
import FormHelperText from "@mui/material/FormHelperText";
import Stack from "@mui/material/Stack";
import Switch from "@mui/material/Switch";
import { useId, useState } from "react";
import { Controller, useForm } from "react-hook-form";
import { CommentField } from "@/components/history/comment-field.tsx";
import { ScheduleMenu } from "@/components/publishing/schedule-menu.tsx";
import { ConfirmDialog } from "@/components/ui/confirm-dialog.tsx";
import { FormActions } from "@/components/ui/form-actions.tsx";
import { UnsavedChangesGuard } from "@/components/ui/unsaved-changes-guard.tsx";
import type { Api } from "@/lib/model/api.ts";
import type { ApiChanges } from "@/lib/model/api-changes.ts";
import { isOpenApi } from "@/lib/model/caller-credential.ts";
import { isLive } from "@/lib/model/lifecycle.ts";
import type { RateTier } from "@/lib/model/rate-limit.ts";
import { CorsFields } from "./cors-fields.tsx";
import { HeaderRulesFields } from "./header-rules-fields.tsx";
import { JwtFields } from "./jwt-fields.tsx";
import { RateLimitFields } from "./rate-limit-fields.tsx";
import { RequestBodyLimitField } from "./request-body-limit-field.tsx";
import { runtimeFieldOf, runtimeFormSchema, type TypedRuntime, typedRuntime } from "./runtime-values.ts";
import { StaleSaveDialog } from "./stale-save-dialog.tsx";
import { useSaveApi } from "./use-save-api.ts";

/** Runtime Configurations: who may call, with how much, and how often. Opening an API that is live asks first. */
export function RuntimeForm({ api, tiers }: { api: Api; tiers: readonly RateTier[] }) {
  const { control, formState, getValues, handleSubmit, reset, setError, trigger, watch } = useForm<
    TypedRuntime,
    unknown,
    ApiChanges
  >({
    resolver: zodResolver(runtimeFormSchema),
    defaultValues: typedRuntime(api),
  });
  const [asking, setAsking] = useState(false);
  const { isDirty, isSubmitting } = formState;
  const { save, schedule, stale, comment } = useSaveApi(api, {
    isDirty,
    onStored: (stored) => reset(typedRuntime(stored)),
    onRebased: (stored) => reset(typedRuntime(stored), { keepDirtyValues: true }),
    onInvalid: (items) => {
      for (const { path, message } of items) setError(runtimeFieldOf(path), { message });
    },
  });
  const open = !watch("apiKeyRequired") && watch("jwt") === null;
  const submit = handleSubmit(save);
  const saveOrAsk = handleSubmit(async (values) => {
    if (open && !isOpenApi(api) && isLive(api.lifecycleState)) setAsking(true);
    else await save(values);
  });
  return (
    <form noValidate onSubmit={saveOrAsk} aria-label="Runtime Configurations">
      <UnsavedChangesGuard dirty={isDirty} />
      <Stack sx={{ gap: 2, maxWidth: 720 }}>
        <Controller
          control={control}
          name="apiKeyRequired"
          render={({ field, fieldState }) => (
            <SecuritySwitch checked={field.value} onChange={field.onChange} error={fieldState.error?.message} />
          )}
        />
        <JwtFields apiId={api.id} control={control} tiers={tiers} />
        {open && (
          <Alert severity="warning">
            Anybody who reaches the gateway can call this API without a key or a token. Calls go to the production
            endpoint, or to the sandbox endpoint when that is the only one. Keys that exist are kept, and work again
            when security is on.
          </Alert>
        )}
        <RequestBodyLimitField control={control} />
        <RateLimitFields control={control} tiers={tiers} />
        <Divider />
        <CorsFields control={control} />
        <Divider />
        <HeaderRulesFields control={control} />
      </Stack>
      <FormActions
        dirty={isDirty}
        saving={isSubmitting}
        onCancel={() => reset(typedRuntime(api))}
        menu={
          <ScheduleMenu
            disabled={!isDirty || isSubmitting}
            comment={comment.value}
            onSchedule={async (time) =>
              (await trigger()) ? schedule(runtimeFormSchema.parse(getValues()), time) : { ok: false, items: [] }
            }
          />
        }
      >
        <CommentField {...comment} />
      </FormActions>
      <ConfirmDialog
        open={asking}
        title="Open this API to everybody?"
        confirmLabel="Open to everybody"
        destructive
        onCancel={() => setAsking(false)}
        onConfirm={async () => {
          setAsking(false);
          await submit();
        }}
      >
        {api.displayName} {api.version} is live. As soon as this is saved, gateways answer calls without a key or a
        token.
      </ConfirmDialog>
      {stale && <StaleSaveDialog stale={stale} />}
    </form>
  );
}

type SecuritySwitchProps = { checked: boolean; onChange: (checked: boolean) => void; error: string | undefined };

function SecuritySwitch({ checked, onChange, error }: SecuritySwitchProps) {
  const helpId = useId();
  return (
    <div>
      <FormControlLabel
        label="API-key security"
        control={
          <Switch
            checked={checked}
            onChange={(_, next) => onChange(next)}
            slotProps={{ input: { "aria-describedby": helpId } }}
          />
        }
      />
      <FormHelperText id={helpId} error={error !== undefined}>
        {error ??
          "On: callers show a key of this API in the apikey header. The key's type chooses production or sandbox."}
      </FormHelperText>
    </div>
  );
}
