"use client";

import TextField from "@mui/material/TextField";
import { type Control, type FieldPathByValue, type FieldValues, useController } from "react-hook-form";
import { durationInWords } from "./duration-words.ts";

type TypedNumberFieldProps<Values extends FieldValues, Parsed> = {
  control: Control<Values, unknown, Parsed>;
  name: FieldPathByValue<Values, string>;
  label: string;
  /** In effect while nothing is typed. */
  standard: number | undefined;
  /** Where that comes from, or what nothing means. */
  source: string;
  /** Whether the number is a duration in ms, to be said in words. */
  isDuration?: boolean;
  disabled?: boolean;
};

/** A number as text: empty stands for the default, which is shown in its place together with its source. */
export function TypedNumberField<Values extends FieldValues, Parsed>(props: TypedNumberFieldProps<Values, Parsed>) {
  const { control, name, label, standard, source, isDuration = false, disabled = false } = props;
  const { field, fieldState } = useController({ control, name });
  return (
    <TextField
      {...field}
      inputRef={field.ref}
      ref={null}
      label={label}
      disabled={disabled}
      fullWidth
      placeholder={standard === undefined ? "None" : String(standard)}
      error={fieldState.invalid}
      helperText={fieldState.error?.message ?? meaning(field.value, standard, source, isDuration)}
      slotProps={{ inputLabel: { shrink: true }, htmlInput: { inputMode: "decimal", autoComplete: "off" } }}
    />
  );
}

function meaning(typed: string, standard: number | undefined, source: string, isDuration: boolean): string {
  if (typed.trim() === "") {
    return isDuration && standard ? `${durationInWords(standard)}: ${source}` : source;
  }
  const number = Number(typed.trim().replaceAll(",", ""));
  return isDuration && number >= 0 ? durationInWords(number) : " ";
}
