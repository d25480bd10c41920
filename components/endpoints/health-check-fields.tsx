"use client";

import Box from "@mui/material/Box";
import MenuItem from "@mui/material/MenuItem";
import TextField from "@mui/material/TextField";
import type { ReactNode } from "react";
import { useController } from "react-hook-form";
import { healthCheckMethods } from "@/lib/model/group-settings.ts";
import { type GroupSettingsControl, standardHealthCheck } from "./group-settings-values.ts";
import { TypedNumberField } from "./typed-number-field.tsx";
import { urlInputProps } from "./url-input-props.ts";

type ControlProps = { control: GroupSettingsControl };

/** How endpoints are asked, and what makes of their answers up and down. */
export function HealthCheckFields({ control }: ControlProps) {
  const standard = standardHealthCheck;
  return (
    <Box role="group" aria-label="Health checks" sx={{ display: "grid", gap: 2 }}>
      <Box sx={{ display: "grid", gap: 2, gridTemplateColumns: { xs: "1fr", sm: "140px 1fr" } }}>
        <MethodField control={control} />
        <PathField control={control} />
      </Box>
      <Pair>
        <TypedNumberField
          control={control}
          name="healthCheck.statusFrom"
          label="Expected status, from"
          standard={standard.statusFrom}
          source="The lowest status that counts as up"
        />
        <TypedNumberField
          control={control}
          name="healthCheck.statusTo"
          label="Expected status, to"
          standard={standard.statusTo}
          source="The highest status that counts as up"
        />
      </Pair>
      <Pair>
        <TypedNumberField
          control={control}
          name="healthCheck.intervalMs"
          label="Interval (ms)"
          standard={standard.intervalMs}
          source="between two checks of an endpoint, up to a tenth more or less"
          isDuration
        />
        <TypedNumberField
          control={control}
          name="healthCheck.timeoutMs"
          label="Timeout (ms)"
          standard={standard.timeoutMs}
          source="without an answer is a failed check"
          isDuration
        />
      </Pair>
      <Pair>
        <TypedNumberField
          control={control}
          name="healthCheck.rise"
          label="Rise"
          standard={standard.rise}
          source="Checks in a row that succeed until an endpoint is up"
        />
        <TypedNumberField
          control={control}
          name="healthCheck.fall"
          label="Fall"
          standard={standard.fall}
          source="Checks in a row that fail until an endpoint is down"
        />
      </Pair>
    </Box>
  );
}

function Pair({ children }: { children: ReactNode }) {
  return <Box sx={{ display: "grid", gap: 2, gridTemplateColumns: { xs: "1fr", sm: "1fr 1fr" } }}>{children}</Box>;
}

function MethodField({ control }: ControlProps) {
  const { field } = useController({ control, name: "healthCheck.method" });
  return (
    <TextField {...field} inputRef={field.ref} ref={null} select fullWidth label="Method">
      {healthCheckMethods.map((method) => (
        <MenuItem key={method} value={method}>
          {method}
        </MenuItem>
      ))}
    </TextField>
  );
}

function PathField({ control }: ControlProps) {
  const { field, fieldState } = useController({ control, name: "healthCheck.path" });
  return (
    <TextField
      {...field}
      inputRef={field.ref}
      ref={null}
      label="Path"
      required
      fullWidth
      placeholder="/health"
      error={fieldState.invalid}
      helperText={fieldState.error?.message ?? "At the endpoint's host; the endpoint's own path is not put before it."}
      slotProps={{ inputLabel: { shrink: true }, htmlInput: urlInputProps }}
    />
  );
}
