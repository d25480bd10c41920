"use client";

import Box from "@mui/material/Box";
import FormControlLabel from "@mui/material/FormControlLabel";
import FormHelperText from "@mui/material/FormHelperText";
import MenuItem from "@mui/material/MenuItem";
import Switch from "@mui/material/Switch";
import TextField from "@mui/material/TextField";
import { useId } from "react";
import { useController } from "react-hook-form";
import { type algorithms, sessionKinds } from "@/lib/model/endpoint-config.ts";
import { sessionNames } from "./endpoint-words.ts";
import type { LoadBalanceControl } from "./load-balance-values.ts";

type ControlProps = { control: LoadBalanceControl };

const algorithmNames = { "round-robin": "Round-Robin" } as const satisfies Record<(typeof algorithms)[number], string>;

export function AlgorithmField({ control }: ControlProps) {
  const { field } = useController({ control, name: "algorithm" });
  return (
    <TextField
      {...field}
      inputRef={field.ref}
      ref={null}
      select
      fullWidth
      label="Algorithm"
      helperText="Every endpoint in turn; one that is not ready is passed by."
    >
      {Object.entries(algorithmNames).map(([value, name]) => (
        <MenuItem key={value} value={value}>
          {name}
        </MenuItem>
      ))}
    </TextField>
  );
}

const sessionMeanings = {
  none: "Every request is balanced by itself.",
  transport: "A client stays with the endpoint that answered first, by a cookie.",
  soap: "A client is known by the ServiceGroupId of its SOAP messages.",
  "client-id": "A client is known by its ClientID header, or by the ClientID of its SOAP messages.",
} as const;

export function SessionField({ control }: ControlProps) {
  const { field } = useController({ control, name: "kind" });
  return (
    <TextField
      {...field}
      inputRef={field.ref}
      ref={null}
      select
      fullWidth
      label="Session Management"
      helperText={sessionMeanings[field.value]}
    >
      {sessionKinds.map((kind) => (
        <MenuItem key={kind} value={kind}>
          {sessionNames[kind]}
        </MenuItem>
      ))}
    </TextField>
  );
}

const failoverMeanings = {
  on: "A request that an endpoint fails is tried at the next one, as long as it is safe to send it twice.",
  off: "A client gets the error of the endpoint that its request went to. Endpoints that are not ready are passed by all the same.",
} as const;

export function FailoverSwitch({ control }: ControlProps) {
  const helpId = useId();
  const { field } = useController({ control, name: "failover" });
  return (
    <Box>
      <FormControlLabel
        label="Enable Failover"
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
        {field.value ? failoverMeanings.on : failoverMeanings.off}
      </FormHelperText>
    </Box>
  );
}
