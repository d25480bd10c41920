"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import Button from "@mui/material/Button";
import Stack from "@mui/material/Stack";
import { useRouter } from "next/navigation";
import { useForm } from "react-hook-form";
import { useNotify } from "@/components/ui/notify.tsx";
import { minPasswordLength, type PasswordChange, passwordChangeSchema } from "@/lib/model/account.ts";
import { changePasswordAction } from "@/lib/server/actions/change-password-action.ts";
import { PasswordField } from "./password-field.tsx";

const empty: PasswordChange = { currentPassword: "", newPassword: "" };

/** Changes one's own password, which ends the other sessions. */
export function ChangePasswordForm({ email }: { email: string }) {
  const router = useRouter();
  const notify = useNotify();
  const { formState, handleSubmit, register, reset, setError } = useForm<PasswordChange>({
    resolver: zodResolver(passwordChangeSchema),
    defaultValues: empty,
  });
  const { errors, isSubmitting } = formState;
  const change = handleSubmit(async (values) => {
    const result = await changePasswordAction(values);
    if (result.ok) {
      reset(empty);
      notify.success("Your password is changed. Your other sessions have been ended.");
      router.refresh();
      return;
    }
    const { message, items } = result.problem;
    const isNew = items.some(({ path }) => path === "newPassword");
    setError(
      isNew ? "newPassword" : "currentPassword",
      { message: items[0]?.message ?? message },
      { shouldFocus: true },
    );
  });
  return (
    <form noValidate onSubmit={change} aria-label="Change password">
      {/* Password managers look for the account that a new password belongs to. */}
      <input type="text" name="username" autoComplete="username" value={email} readOnly hidden />
      <Stack sx={{ gap: 2, maxWidth: 420, alignItems: "flex-start" }}>
        <PasswordField
          label="Current password"
          autoComplete="current-password"
          error={errors.currentPassword?.message}
          {...register("currentPassword")}
        />
        <PasswordField
          label="New password"
          autoComplete="new-password"
          error={errors.newPassword?.message}
          helperText={`At least ${minPasswordLength} characters.`}
          {...register("newPassword")}
        />
        <Button type="submit" variant="contained" loading={isSubmitting}>
          Change password
        </Button>
      </Stack>
    </form>
  );
}
