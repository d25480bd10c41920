"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import Alert from "@mui/material/Alert";
import Button from "@mui/material/Button";
import DialogActions from "@mui/material/DialogActions";
import DialogContent from "@mui/material/DialogContent";
import FormControlLabel from "@mui/material/FormControlLabel";
import Switch from "@mui/material/Switch";
import TextField from "@mui/material/TextField";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Controller, useForm } from "react-hook-form";
import { useNotify } from "@/components/ui/notify.tsx";
import { newApiVersionSchema } from "@/lib/model/new-api.ts";
import { copyApiAction } from "@/lib/server/actions/copy-api-action.ts";

/** What a new version is called, and whether it answers without its version in the path. */
export function NewVersionForm({
  api,
  onClose,
}: {
  api: { id: string; name: string; version: string };
  onClose: () => void;
}) {
  const router = useRouter();
  const notify = useNotify();
  const [message, setMessage] = useState<string>();
  const form = useForm({
    resolver: zodResolver(newApiVersionSchema),
    defaultValues: { version: "", isDefaultVersion: false },
  });
  const { errors, isSubmitting } = form.formState;
  const submit = form.handleSubmit(async (values) => {
    const result = await copyApiAction(api.id, values);
    if (result.ok) {
      notify.success(`${api.name} ${values.version} is created. Publish it when it is ready.`);
      onClose();
      router.push(`/apis/${result.value.id}/overview`);
      return;
    }
    const atVersion = result.problem.items.find((item) => item.path === "version" || item.path === "name");
    if (atVersion) form.setError("version", { message: atVersion.message }, { shouldFocus: true });
    else setMessage(result.problem.message);
  });
  return (
    <form noValidate onSubmit={submit}>
      <DialogContent sx={{ display: "grid", gap: 2, pt: 1 }}>
        {message && <Alert severity="error">{message}</Alert>}
        <TextField
          label="New version"
          autoFocus
          placeholder={`after ${api.version}`}
          {...form.register("version")}
          error={errors.version !== undefined}
          helperText={errors.version?.message ?? `Endpoints and settings are copied from ${api.version}; keys are not.`}
        />
        <Controller
          control={form.control}
          name="isDefaultVersion"
          render={({ field }) => (
            <FormControlLabel
              control={<Switch checked={field.value ?? false} onChange={field.onChange} />}
              label="Default version: answers without the version in the path too"
            />
          )}
        />
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" variant="contained" loading={isSubmitting}>
          Create
        </Button>
      </DialogActions>
    </form>
  );
}
