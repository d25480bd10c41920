"use client";

import FormControlLabel from "@mui/material/FormControlLabel";
import FormHelperText from "@mui/material/FormHelperText";
import Stack from "@mui/material/Stack";
import Switch from "@mui/material/Switch";
import TextField from "@mui/material/TextField";
import Typography from "@mui/material/Typography";
import { useId } from "react";
import { type Control, useController } from "react-hook-form";
import type { ApiChanges } from "@/lib/model/api-changes.ts";
import { type Cors, defaultCors } from "@/lib/model/cors.ts";
import { ChipsField } from "./chips-field.tsx";
import { CorsTester } from "./cors-tester.tsx";
import { firstMessage } from "./first-message.ts";
import type { TypedRuntime } from "./runtime-values.ts";

const methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

const lists = [
  ["accessControlAllowOrigins", "Allowed origins", [], "https://app.example.com, https://*.example.com, or * for all."],
  ["accessControlAllowMethods", "Allowed methods", methods, "What scripts of those origins may use."],
  ["accessControlAllowHeaders", "Allowed headers", ["*"], "Headers that scripts may set."],
  ["accessControlExposeHeaders", "Exposed headers", [], "Headers of answers that scripts may read."],
] as const;

/** How browsers that run pages of other origins are answered: by the gateway, or as endpoints do. */
export function CorsFields({ control }: { control: Control<TypedRuntime, unknown, ApiChanges> }) {
  const { field, fieldState } = useController({ control, name: "cors" });
  const cors: Cors = { ...defaultCors, ...field.value };
  const change = (part: Partial<Cors>) => field.onChange({ ...cors, ...part });
  const problemOf = (name: keyof Cors) => firstMessage(fieldState.error, name);
  const helpId = useId();
  const isOn = cors.corsConfigurationEnabled;
  return (
    <Stack component="section" aria-labelledby="cors-title" sx={{ gap: 2 }}>
      <Typography id="cors-title" variant="h6" component="h2">
        CORS
      </Typography>
      <div>
        <FormControlLabel
          label="Gateways answer browsers of other origins"
          control={
            <Switch
              checked={isOn}
              onChange={(_, next) => change({ corsConfigurationEnabled: next })}
              slotProps={{ input: { "aria-describedby": helpId } }}
            />
          }
        />
        <FormHelperText id={helpId}>
          On: preflights are answered before a key is asked for, and what endpoints say of CORS is replaced. Off:
          endpoints answer by themselves.
        </FormHelperText>
      </div>
      {isOn && (
        <>
          {lists.map(([name, label, options, hint]) => (
            <ChipsField
              key={name}
              label={label}
              values={cors[name]}
              options={options}
              error={problemOf(name)}
              hint={hint}
              onChange={(values) => change({ [name]: values })}
            />
          ))}
          <FormControlLabel
            label="Allow credentials (cookies, client certificates)"
            control={
              <Switch
                checked={cors.accessControlAllowCredentials}
                onChange={(_, next) => change({ accessControlAllowCredentials: next })}
              />
            }
          />
          <TextField
            label="Browsers remember a preflight for"
            value={cors.accessControlMaxAge ?? ""}
            onChange={({ target: { value } }) => change({ accessControlMaxAge: value === "" ? null : Number(value) })}
            error={problemOf("accessControlMaxAge") !== undefined}
            helperText={problemOf("accessControlMaxAge") ?? "Seconds, at most 86,400; empty: as long as they like."}
            slotProps={{ htmlInput: { inputMode: "numeric" } }}
            sx={{ maxWidth: 320 }}
          />
        </>
      )}
      <CorsTester cors={cors} />
    </Stack>
  );
}
