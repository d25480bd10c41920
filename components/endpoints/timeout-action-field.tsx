"use client";

import MenuItem from "@mui/material/MenuItem";
import TextField from "@mui/material/TextField";
import { useController } from "react-hook-form";
import type { SettingsControl } from "./endpoint-settings-values.ts";

const actions = [
  { value: "", name: "Default: Execute Fault Sequence" },
  { value: "fault", name: "Execute Fault Sequence" },
  { value: "discard", name: "Discard Message" },
] as const;

const actionMeanings = {
  "": "Fails over if the group may, the default of Apache Synapse",
  fault: "The endpoint is marked, and the request fails over if the group may",
  discard: "The endpoint is marked, and the client gets 504 without another try",
} as const;

/** What happens to a request whose endpoint did not answer in time. */
export function TimeoutActionField({ control }: { control: SettingsControl }) {
  const { field } = useController({ control, name: "timeoutAction" });
  return (
    <TextField
      {...field}
      inputRef={field.ref}
      ref={null}
      select
      fullWidth
      label="Action"
      helperText={actionMeanings[field.value]}
      slotProps={{ inputLabel: { shrink: true }, select: { displayEmpty: true } }}
    >
      {actions.map(({ value, name }) => (
        <MenuItem key={value} value={value}>
          {name}
        </MenuItem>
      ))}
    </TextField>
  );
}
