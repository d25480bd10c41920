"use client";

import Box from "@mui/material/Box";
import FormControlLabel from "@mui/material/FormControlLabel";
import MenuItem from "@mui/material/MenuItem";
import Switch from "@mui/material/Switch";
import TextField from "@mui/material/TextField";
import { useState } from "react";
import type { ImportAnswer, ImportChoices } from "./send-archive.ts";

type ImportChoicesFieldsProps = {
  answer: ImportAnswer;
  choices: ImportChoices;
  disabled: boolean;
  onChange: (choices: ImportChoices) => void;
};

/** What is decided about an import: whose values, under which name, and whether in place of what is there. */
export function ImportChoicesFields({ answer, choices, disabled, onChange }: ImportChoicesFieldsProps) {
  const messageAt = (path: string) => answer.errors.find((error) => error.path === path)?.message;
  const isTaken = choices.overwrite || messageAt("name") !== undefined;
  return (
    <Box sx={{ display: "grid", gap: 2.5, maxWidth: 640 }}>
      {answer.environments.length > 0 && (
        <TextField
          select
          label="Environment"
          value={choices.environment}
          disabled={disabled}
          onChange={({ target }) => onChange({ ...choices, environment: target.value })}
          helperText="Its endpoints and credentials stand in place of those of the API."
          slotProps={{ select: { displayEmpty: true }, inputLabel: { shrink: true } }}
        >
          <MenuItem value="">None: as the API says</MenuItem>
          {answer.environments.map((name) => (
            <MenuItem key={name} value={name}>
              {name}
            </MenuItem>
          ))}
        </TextField>
      )}
      <Box sx={{ display: "grid", gap: 2.5, gridTemplateColumns: { sm: "2fr 1fr" } }}>
        {(["name", "version", "context"] as const).map((field) => (
          <ChoiceField
            key={`${field} ${answer[field]}`}
            label={labels[field]}
            initial={answer[field]}
            error={messageAt(field)}
            disabled={disabled}
            onCommit={(value) => onChange({ ...choices, [field]: value })}
          />
        ))}
      </Box>
      {isTaken && (
        <FormControlLabel
          control={
            <Switch
              checked={choices.overwrite}
              disabled={disabled}
              onChange={({ target }) => onChange({ ...choices, overwrite: target.checked })}
            />
          }
          label={`Replace ${answer.name} ${answer.version} that is here`}
        />
      )}
    </Box>
  );
}

const labels = { name: "Name", version: "Version", context: "Context" } as const;

type ChoiceFieldProps = {
  label: string;
  initial: string;
  error: string | undefined;
  disabled: boolean;
  onCommit: (value: string) => void;
};

/** Asked about again when it is left or Enter is pressed, not with each letter. */
function ChoiceField({ label, initial, error, disabled, onCommit }: ChoiceFieldProps) {
  const [value, setValue] = useState(initial);
  const commit = () => {
    if (value.trim() !== initial) onCommit(value.trim());
  };
  return (
    <TextField
      label={label}
      value={value}
      disabled={disabled}
      error={error !== undefined}
      helperText={error}
      onChange={({ target }) => setValue(target.value)}
      onBlur={commit}
      onKeyDown={(event) => {
        if (event.key === "Enter") commit();
      }}
    />
  );
}
