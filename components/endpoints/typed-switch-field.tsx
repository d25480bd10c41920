"use client";

import Box from "@mui/material/Box";
import FormControlLabel from "@mui/material/FormControlLabel";
import FormHelperText from "@mui/material/FormHelperText";
import Switch from "@mui/material/Switch";
import { useId } from "react";
import { type Control, type FieldPathByValue, type FieldValues, useController } from "react-hook-form";

type TypedSwitchFieldProps<Values extends FieldValues, Parsed> = {
  control: Control<Values, unknown, Parsed>;
  name: FieldPathByValue<Values, boolean>;
  label: string;
  /** What it means while it is on, and while it is off. */
  meanings: { on: string; off: string };
};

/** A switch that says what it does in the position it is in. */
export function TypedSwitchField<Values extends FieldValues, Parsed>(props: TypedSwitchFieldProps<Values, Parsed>) {
  const { control, name, label, meanings } = props;
  const helpId = useId();
  const { field } = useController({ control, name });
  return (
    <Box>
      <FormControlLabel
        label={label}
        control={
          <Switch
            checked={field.value}
            onChange={(_, checked) => field.onChange(checked)}
            onBlur={field.onBlur}
            slotProps={{ input: { "aria-describedby": helpId, ref: field.ref } }}
          />
        }
      />
      <FormHelperText id={helpId} sx={{ mt: 0 }}>
        {field.value ? meanings.on : meanings.off}
      </FormHelperText>
    </Box>
  );
}
