"use client";

import Autocomplete from "@mui/material/Autocomplete";
import TextField from "@mui/material/TextField";
import type { PossibleOwner } from "@/lib/model/transfer.ts";

type PersonFieldProps = {
  label: string;
  people: readonly PossibleOwner[];
  value: PossibleOwner | null;
  /** Why what was chosen cannot be. */
  problem: string | undefined;
  onChange: (person: PossibleOwner | null) => void;
};

/** Chooses somebody by name or address. */
export function PersonField({ label, people, value, problem, onChange }: PersonFieldProps) {
  return (
    <Autocomplete
      options={people}
      getOptionLabel={({ name, email }) => `${name} (${email})`}
      getOptionKey={({ id }) => id}
      isOptionEqualToValue={(option, chosen) => option.id === chosen.id}
      value={value}
      onChange={(_, person) => onChange(person)}
      noOptionsText="Nobody else here may own APIs"
      renderInput={(params) => (
        <TextField {...params} label={label} required error={problem !== undefined} helperText={problem} />
      )}
      sx={{ mt: 2 }}
    />
  );
}
