"use client";

import Autocomplete from "@mui/material/Autocomplete";
import TextField from "@mui/material/TextField";
import type { EndpointHost } from "./endpoint-hosts.ts";

type HostFieldProps = {
  hosts: readonly EndpointHost[];
  value: string;
  error: string | undefined;
  onChange: (host: string) => void;
};

/** The host of endpoints: one that the API has, or any other. */
export function HostField({ hosts, value, error, onChange }: HostFieldProps) {
  return (
    <Autocomplete
      freeSolo
      options={hosts.map(({ host }) => host)}
      inputValue={value}
      onInputChange={(_, host) => onChange(host)}
      renderInput={(params) => (
        <TextField
          {...params}
          label="Endpoint host"
          required
          error={error !== undefined}
          helperText={error ?? "As in the endpoint's URL. Without a port: at every port of the host."}
        />
      )}
    />
  );
}
