"use client";

import Autocomplete from "@mui/material/Autocomplete";
import Chip from "@mui/material/Chip";
import TextField from "@mui/material/TextField";
import { useState } from "react";

type TagsFieldProps = {
  value: readonly string[];
  /** What is wrong, of the list or of one of its tags. */
  error: string | undefined;
  onChange: (tags: string[]) => void;
  onBlur: () => void;
};

/** Tags as chips. Enter or a comma ends a tag, and so does leaving the field, so that nothing typed is lost. */
export function TagsField({ value, error, onChange, onBlur }: TagsFieldProps) {
  const [text, setText] = useState("");
  const takeText = (typed: string) => {
    setText("");
    const tags = tagsIn(typed.split(","));
    if (tags.length > 0) onChange([...new Set([...value, ...tags])]);
  };
  return (
    <Autocomplete
      multiple
      freeSolo
      options={[]}
      value={[...value]}
      inputValue={text}
      onInputChange={(_, typed) => (typed.includes(",") ? takeText(typed) : setText(typed))}
      onChange={(_, tags) => onChange([...new Set(tagsIn(tags))])}
      onBlur={() => {
        takeText(text);
        onBlur();
      }}
      renderValue={(tags, getItemProps) =>
        tags.map((tag, index) => {
          const { key, ...props } = getItemProps({ index });
          return <Chip key={key} label={tag} size="small" {...props} />;
        })
      }
      renderInput={(params) => (
        <TextField
          {...params}
          label="Tags"
          error={error !== undefined}
          helperText={error ?? "Press Enter after each tag. Tags help to find the API."}
        />
      )}
    />
  );
}

const tagsIn = (texts: readonly string[]) => texts.map((text) => text.trim()).filter((text) => text !== "");
