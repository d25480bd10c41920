"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import Button from "@mui/material/Button";
import Dialog from "@mui/material/Dialog";
import DialogActions from "@mui/material/DialogActions";
import DialogContent from "@mui/material/DialogContent";
import DialogTitle from "@mui/material/DialogTitle";
import Stack from "@mui/material/Stack";
import TextField from "@mui/material/TextField";
import { useForm } from "react-hook-form";
import { type RateTier, rateTierSchema } from "@/lib/model/rate-limit.ts";
import { createRateTierAction, updateRateTierAction } from "@/lib/server/actions/rate-tier-actions.ts";

type RateTierDialogProps = {
  /** What is edited; "new" for one that is added; undefined: the dialog is closed. */
  edited: RateTier | "new" | undefined;
  onClose: () => void;
  onSaved: (name: string) => void;
};

/** Adds a rate limit, or changes what one allows. Its name is what APIs and keys know it by, and stays. */
export function RateTierDialog({ edited, onClose, onSaved }: RateTierDialogProps) {
  return (
    <Dialog open={edited !== undefined} onClose={onClose} maxWidth="xs" fullWidth aria-labelledby="rate-tier-title">
      {edited && <RateTierForm edited={edited} onClose={onClose} onSaved={onSaved} />}
    </Dialog>
  );
}

const fields = ["name", "requests", "windowSeconds"] as const;

function RateTierForm({ edited, onClose, onSaved }: RateTierDialogProps & { edited: RateTier | "new" }) {
  const isNew = edited === "new";
  const { formState, handleSubmit, register, setError } = useForm<RateTier>({
    resolver: zodResolver(rateTierSchema),
    defaultValues: isNew ? { name: "", requests: 1_000, windowSeconds: 60 } : edited,
  });
  const { errors, isSubmitting } = formState;
  const save = handleSubmit(async (tier) => {
    const result = isNew ? await createRateTierAction(tier) : await updateRateTierAction(tier);
    if (result.ok) return onSaved(tier.name);
    const { message, items } = result.problem;
    const item = items.find(({ path }) => fields.some((field) => field === path));
    const field = fields.find((name) => name === item?.path) ?? "name";
    setError(field, { message: item?.message ?? message }, { shouldFocus: true });
  });
  return (
    <form noValidate onSubmit={save} aria-labelledby="rate-tier-title">
      <DialogTitle id="rate-tier-title">{isNew ? "Add a rate limit" : `Change ${edited.name}`}</DialogTitle>
      <DialogContent>
        <Stack sx={{ gap: 2.5, pt: 1 }}>
          {isNew && (
            <TextField
              label="Name"
              required
              autoFocus
              autoComplete="off"
              error={errors.name !== undefined}
              helperText={errors.name?.message ?? "For example Partner. APIs and keys know it by this name."}
              {...register("name")}
            />
          )}
          <TextField
            label="Requests"
            type="number"
            required
            autoFocus={!isNew}
            error={errors.requests !== undefined}
            helperText={errors.requests?.message ?? "Most requests in any window of time."}
            {...register("requests", { valueAsNumber: true })}
          />
          <TextField
            label="Window, seconds"
            type="number"
            required
            error={errors.windowSeconds !== undefined}
            helperText={errors.windowSeconds?.message ?? "60 is a minute, 3600 an hour, 86400 a day."}
            {...register("windowSeconds", { valueAsNumber: true })}
          />
        </Stack>
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose} color="inherit">
          Cancel
        </Button>
        <Button type="submit" variant="contained" loading={isSubmitting}>
          {isNew ? "Add" : "Save"}
        </Button>
      </DialogActions>
    </form>
  );
}
