import TextField from "@mui/material/TextField";
import { type Control, useController } from "react-hook-form";
import type { ApiChanges } from "@/lib/model/api-changes.ts";
import type { TypedRuntime } from "./runtime-values.ts";

/** Largest request body, as a size with its unit; empty for no limit. */
export function RequestBodyLimitField({ control }: { control: Control<TypedRuntime, unknown, ApiChanges> }) {
  const { field, fieldState } = useController({ control, name: "largestRequestBody" });
  return (
    <TextField
      {...field}
      inputRef={field.ref}
      ref={null}
      label="Largest request body"
      placeholder="No limit"
      error={fieldState.invalid}
      helperText={
        fieldState.error?.message ??
        "For example 512 KiB or 10 MiB; empty for no limit. Longer requests get 413, and endpoints are spared them."
      }
      slotProps={{ inputLabel: { shrink: true }, htmlInput: { autoComplete: "off", spellCheck: false } }}
      sx={{ maxWidth: 420 }}
    />
  );
}
