"use client";

import Autocomplete from "@mui/material/Autocomplete";
import Box from "@mui/material/Box";
import TextField from "@mui/material/TextField";
import { useState } from "react";
import { useController } from "react-hook-form";
import type { GroupSettingsControl } from "./group-settings-values.ts";
import { TypedSwitchField } from "./typed-switch-field.tsx";

/** Statuses that tell of an endpoint in trouble rather than of a wrong request. Others can be typed. */
const offered = ["429", "500", "502", "503", "504"];

const methodMeanings = {
  on: "Other methods too, where trying twice is harmless or allowed.",
  off: "GET and HEAD only.",
} as const;

/** Fail over on HTTP statuses: off while none is chosen. */
export function FailoverStatusesFields({ control }: { control: GroupSettingsControl }) {
  const { field, fieldState, formState } = useController({ control, name: "failoverStatuses.statuses" });
  const [typed, setTyped] = useState("");
  const choose = (texts: readonly string[]) =>
    field.onChange([...new Set(texts.flatMap((text) => text.match(/[^\s,;]+/g) ?? []))]);
  const wrong = fieldState.invalid ? statusProblem(formState.errors.failoverStatuses?.statuses) : undefined;
  return (
    <Box sx={{ display: "grid", gap: 1 }}>
      <Autocomplete
        multiple
        freeSolo
        disableCloseOnSelect
        options={offered}
        value={field.value}
        onChange={(_, chosen) => choose(chosen)}
        inputValue={typed}
        onInputChange={(_, text) => setTyped(text)}
        onBlur={() => {
          // What was typed counts without Enter too.
          if (typed.trim() !== "") choose([...field.value, typed]);
          setTyped("");
          field.onBlur();
        }}
        renderInput={(params) => (
          <TextField
            {...params}
            label="Fail over on HTTP statuses"
            placeholder={field.value.length === 0 ? "For example 503" : undefined}
            error={wrong !== undefined}
            helperText={wrong ?? (field.value.length === 0 ? meanings.none : meanings.some)}
          />
        )}
      />
      {field.value.length > 0 && (
        <TypedSwitchField
          control={control}
          name="failoverStatuses.allMethods"
          label="For every method"
          meanings={methodMeanings}
        />
      )}
    </Box>
  );
}

const meanings = {
  none: "None: every answer of an endpoint goes to the client as it is.",
  some: "A request that is answered so is tried at another endpoint. If the answer says Retry-After, its endpoint is passed by for so long; when there is no other endpoint, the client gets the answer.",
} as const;

/** The first problem of the list, or of one of its statuses. */
function statusProblem(errors: { message?: string } | readonly ({ message?: string } | undefined)[] | undefined) {
  if (errors === undefined) return undefined;
  if ("message" in errors && errors.message !== undefined) return errors.message;
  return Array.isArray(errors) ? errors.find((one) => one?.message !== undefined)?.message : undefined;
}
