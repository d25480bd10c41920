"use client";

import Autocomplete from "@mui/material/Autocomplete";
import TextField from "@mui/material/TextField";
import { useController } from "react-hook-form";
import { errorCodeList, errorCodeText } from "@/lib/model/error-code.ts";
import type { SettingsControl } from "./endpoint-settings-values.ts";

type ErrorCodesFieldProps = {
  control: SettingsControl;
  name: "suspendErrorCodes" | "timeoutErrorCodes" | "disabledErrorCodes";
  label?: string;
  /** What is in effect while none is chosen. */
  standard: string;
};

/** Error codes with their meaning. Stored codes that the list does not know stay chosen until they are taken out. */
export function ErrorCodesField({ control, name, label = "Error Code", standard }: ErrorCodesFieldProps) {
  const { field, fieldState } = useController({ control, name });
  const offered: readonly number[] = errorCodeList;
  const unknown = field.value.filter((code) => !offered.includes(code));
  return (
    <Autocomplete
      multiple
      disableCloseOnSelect
      limitTags={4}
      options={[...offered, ...unknown]}
      value={field.value}
      onChange={(_, codes) => field.onChange(codes)}
      onBlur={field.onBlur}
      getOptionLabel={(code) => (code === -1 ? "-1 No code at all" : `${code} ${errorCodeText(code)}`)}
      renderInput={(params) => (
        <TextField
          {...params}
          label={label}
          error={fieldState.invalid}
          helperText={fieldState.error?.message ?? (field.value.length === 0 ? `None chosen: ${standard}` : " ")}
        />
      )}
    />
  );
}
