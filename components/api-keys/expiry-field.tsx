"use client";

import TextField from "@mui/material/TextField";

type ExpiryFieldProps = {
  /** Undefined: never. An invalid Date while what is typed is none. */
  onChange: (expiresAt: Date | undefined) => void;
  onBlur: () => void;
  error: string | undefined;
};

/** When a credential ends, in the person's own time zone. */
export function ExpiryField({ onChange, onBlur, error }: ExpiryFieldProps) {
  return (
    <TextField
      type="datetime-local"
      label="Expires"
      fullWidth
      error={error !== undefined}
      helperText={error ?? "Optional. Empty: it never expires."}
      slotProps={{ inputLabel: { shrink: true } }}
      onChange={(event) => onChange(event.target.value === "" ? undefined : new Date(event.target.value))}
      onBlur={onBlur}
    />
  );
}
