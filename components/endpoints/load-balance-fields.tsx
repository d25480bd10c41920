"use client";

import MenuItem from "@mui/material/MenuItem";
import TextField from "@mui/material/TextField";
import { useController } from "react-hook-form";
import { type algorithms, sessionKinds } from "@/lib/model/endpoint-config.ts";
import { sessionNames } from "./endpoint-words.ts";
import type { LoadBalanceControl } from "./load-balance-values.ts";
import { TypedSwitchField } from "./typed-switch-field.tsx";

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
      helperText="Every endpoint in turn, as often as its weight says; one that is not ready is passed by."
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
  return <TypedSwitchField control={control} name="failover" label="Enable Failover" meanings={failoverMeanings} />;
}
