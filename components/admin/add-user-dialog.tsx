"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import Button from "@mui/material/Button";
import Dialog from "@mui/material/Dialog";
import DialogActions from "@mui/material/DialogActions";
import DialogContent from "@mui/material/DialogContent";
import DialogTitle from "@mui/material/DialogTitle";
import Stack from "@mui/material/Stack";
import TextField from "@mui/material/TextField";
import { Controller, useForm } from "react-hook-form";
import { PasswordField } from "@/components/account/password-field.tsx";
import { minPasswordLength, type NewUser, newUserSchema } from "@/lib/model/account.ts";
import { createUserAction } from "@/lib/server/actions/create-user-action.ts";
import { RoleField } from "./role-field.tsx";

type AddUserDialogProps = { open: boolean; onClose: () => void; onAdded: (name: string) => void };

/** Adds a person with a first password, which they change under Account. */
export function AddUserDialog({ open, onClose, onAdded }: AddUserDialogProps) {
  return (
    <Dialog open={open} onClose={onClose} maxWidth="sm" fullWidth aria-labelledby="add-user-title">
      <AddUserForm onClose={onClose} onAdded={onAdded} />
    </Dialog>
  );
}

const newUserFields = ["name", "email", "password", "role"] as const;

function AddUserForm({ onClose, onAdded }: Omit<AddUserDialogProps, "open">) {
  const { control, formState, handleSubmit, register, setError } = useForm<NewUser>({
    resolver: zodResolver(newUserSchema),
    defaultValues: { name: "", email: "", password: "", role: "publisher" },
  });
  const { errors, isSubmitting } = formState;
  const add = handleSubmit(async (values) => {
    const result = await createUserAction(values);
    if (result.ok) return onAdded(values.name);
    const { message, items } = result.problem;
    for (const item of items) {
      const field = newUserFields.find((name) => name === item.path);
      if (field) setError(field, { message: item.message }, { shouldFocus: true });
    }
    if (items.length === 0) setError("email", { message }, { shouldFocus: true });
  });
  return (
    <form noValidate onSubmit={add} aria-labelledby="add-user-title">
      <DialogTitle id="add-user-title">Add a user</DialogTitle>
      <DialogContent>
        <Stack sx={{ gap: 2.5, pt: 1 }}>
          <TextField
            label="Name"
            required
            autoFocus
            autoComplete="off"
            error={errors.name !== undefined}
            helperText={errors.name?.message}
            {...register("name")}
          />
          <TextField
            label="E-mail"
            type="email"
            required
            autoComplete="off"
            error={errors.email !== undefined}
            helperText={errors.email?.message ?? "What they sign in with."}
            {...register("email")}
          />
          <Controller
            control={control}
            name="role"
            render={({ field }) => <RoleField value={field.value} onChange={field.onChange} />}
          />
          <PasswordField
            label="Initial password"
            autoComplete="new-password"
            error={errors.password?.message}
            helperText={`At least ${minPasswordLength} characters. Hand it over in person; they change it under Account.`}
            {...register("password")}
          />
        </Stack>
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose} color="inherit">
          Cancel
        </Button>
        <Button type="submit" variant="contained" loading={isSubmitting}>
          Add user
        </Button>
      </DialogActions>
    </form>
  );
}
