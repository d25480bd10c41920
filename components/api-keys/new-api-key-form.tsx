"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import Button from "@mui/material/Button";
import DialogActions from "@mui/material/DialogActions";
import DialogContent from "@mui/material/DialogContent";
import DialogTitle from "@mui/material/DialogTitle";
import FormControl from "@mui/material/FormControl";
import FormControlLabel from "@mui/material/FormControlLabel";
import FormLabel from "@mui/material/FormLabel";
import Radio from "@mui/material/Radio";
import RadioGroup from "@mui/material/RadioGroup";
import Stack from "@mui/material/Stack";
import TextField from "@mui/material/TextField";
import { Controller, useForm } from "react-hook-form";
import { RateTierField } from "@/components/rate-limits/rate-tier-field.tsx";
import { type ApiKey, type NewApiKey, newApiKeySchema } from "@/lib/model/api-key.ts";
import { keyTypes } from "@/lib/model/endpoint-config.ts";
import type { RateTier } from "@/lib/model/rate-limit.ts";
import { createApiKeyAction } from "@/lib/server/actions/create-api-key-action.ts";
import { ExpiryField } from "./expiry-field.tsx";
import { keyTypeNames } from "./key-type-names.ts";

type NewApiKeyFormProps = {
  titleId: string;
  apiId: string;
  tiers: readonly RateTier[];
  onCancel: () => void;
  onCreated: (key: ApiKey, secret: string) => void;
};

const newApiKeyFields = ["name", "keyType", "expiresAt", "rateTier"] as const;

/** Name, type, rate limit and expiry of a consumer's key. */
export function NewApiKeyForm({ titleId, apiId, tiers, onCancel, onCreated }: NewApiKeyFormProps) {
  const { control, formState, handleSubmit, register, setError } = useForm<NewApiKey>({
    resolver: zodResolver(newApiKeySchema),
    defaultValues: { name: "", keyType: "production", rateTier: null },
  });
  const { errors, isSubmitting } = formState;
  const create = handleSubmit(async (values) => {
    const result = await createApiKeyAction(apiId, values);
    if (result.ok) return onCreated(result.value.key, result.value.secret);
    const { message, items } = result.problem;
    const item = items.find(({ path }) => newApiKeyFields.some((field) => field === path));
    const field = newApiKeyFields.find((name) => name === item?.path) ?? "name";
    setError(field, { message: item?.message ?? message }, { shouldFocus: true });
  });
  return (
    <form noValidate onSubmit={create} aria-labelledby={titleId}>
      <DialogTitle id={titleId}>Create an API key</DialogTitle>
      <DialogContent>
        <Stack sx={{ gap: 2.5, pt: 1 }}>
          <TextField
            label="Name"
            required
            autoFocus
            fullWidth
            error={errors.name !== undefined}
            helperText={errors.name?.message ?? "Who uses it, for example the consumer's name."}
            {...register("name")}
          />
          <Controller
            control={control}
            name="keyType"
            render={({ field }) => (
              <FormControl>
                <FormLabel id="key-type-label">Key type</FormLabel>
                <RadioGroup row aria-labelledby="key-type-label" {...field}>
                  {keyTypes.map((keyType) => (
                    <FormControlLabel key={keyType} value={keyType} control={<Radio />} label={keyTypeNames[keyType]} />
                  ))}
                </RadioGroup>
              </FormControl>
            )}
          />
          <Controller
            control={control}
            name="rateTier"
            render={({ field, fieldState }) => (
              <RateTierField
                tiers={tiers}
                value={field.value ?? null}
                onChange={field.onChange}
                onBlur={field.onBlur}
                inputRef={field.ref}
                label="Rate limit"
                error={fieldState.invalid}
                helperText={fieldState.error?.message ?? "For the requests with this key, at each gateway."}
              />
            )}
          />
          <Controller
            control={control}
            name="expiresAt"
            render={({ field, fieldState }) => (
              <ExpiryField onChange={field.onChange} onBlur={field.onBlur} error={fieldState.error?.message} />
            )}
          />
        </Stack>
      </DialogContent>
      <DialogActions>
        <Button onClick={onCancel} color="inherit">
          Cancel
        </Button>
        <Button type="submit" variant="contained" loading={isSubmitting}>
          Create
        </Button>
      </DialogActions>
    </form>
  );
}
