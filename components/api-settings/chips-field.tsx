"use client";

import Autocomplete from "@mui/material/Autocomplete";
import TextField from "@mui/material/TextField";
import { useState } from "react";

type ChipsFieldProps = {
  label: string;
  values: readonly string[];
  /** Offered beside what is typed. */
  options: readonly string[];
  error: string | undefined;
  hint: string;
  /** Matches each entry of what is typed or pasted; by default words, which blanks, commas and semicolons part. */
  entry?: RegExp;
  onChange: (values: string[]) => void;
};

/** A list of words, each a chip; what is typed counts when it is left, too. */
export function ChipsField({ label, values, options, error, hint, entry = /[^\s,;]+/g, onChange }: ChipsFieldProps) {
  const [typed, setTyped] = useState("");
  const choose = (texts: readonly string[]) => onChange([...new Set(texts.flatMap((text) => text.match(entry) ?? []))]);
  return (
    <Autocomplete
      multiple
      freeSolo
      options={[...options]}
      value={[...values]}
      onChange={(_, chosen) => choose(chosen)}
      inputValue={typed}
      onInputChange={(_, text) => setTyped(text)}
      onBlur={() => {
        if (typed.trim() !== "") choose([...values, typed]);
        setTyped("");
      }}
      renderInput={(params) => (
        <TextField {...params} label={label} error={error !== undefined} helperText={error ?? hint} />
      )}
    />
  );
}
