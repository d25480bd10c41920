"use client";

import Autocomplete from "@mui/material/Autocomplete";
import Box from "@mui/material/Box";
import MenuItem from "@mui/material/MenuItem";
import TextField from "@mui/material/TextField";
import ToggleButton from "@mui/material/ToggleButton";
import ToggleButtonGroup from "@mui/material/ToggleButtonGroup";
import { type KeyType, keyTypes } from "@/lib/model/endpoint-config.ts";
import type { Operation } from "@/lib/model/operation.ts";
import { tryOutMethods } from "@/lib/model/try-out.ts";
import { PairRows } from "./pair-rows.tsx";
import { hasBody, parameterNames, type TryOutDraft, withOperation } from "./try-out-draft.ts";

const keyTypeNames = { production: "Production", sandbox: "Sandbox" } as const satisfies Record<KeyType, string>;
const contentTypes = ["application/json", "application/xml", "text/plain", "application/x-www-form-urlencoded"];

type TryOutFormProps = {
  draft: TryOutDraft;
  operations: readonly Operation[];
  /** Those that the API has endpoints for. */
  keyTypes: readonly KeyType[];
  /** The API's path at the gateway, before what is typed. */
  basePath: string;
  problems: ReadonlyMap<string, string>;
  onChange: (draft: TryOutDraft) => void;
};

/** What is sent: an operation or any path, with parameters, headers and body. */
export function TryOutForm({ draft, operations, keyTypes: offered, basePath, problems, onChange }: TryOutFormProps) {
  const change = (part: Partial<TryOutDraft>) => onChange({ ...draft, ...part });
  const names = parameterNames(draft.path);
  return (
    <Box sx={{ display: "grid", gap: 2.5, minWidth: 0 }}>
      <ToggleButtonGroup
        exclusive
        size="small"
        aria-label="Endpoints that are called"
        value={draft.keyType}
        onChange={(_, chosen: KeyType | null) => chosen && change({ keyType: chosen })}
      >
        {keyTypes.map((keyType) => (
          <ToggleButton key={keyType} value={keyType} disabled={!offered.includes(keyType)}>
            {keyTypeNames[keyType]}
          </ToggleButton>
        ))}
      </ToggleButtonGroup>
      {operations.length > 0 && (
        <Autocomplete
          options={operations}
          getOptionLabel={({ method, path, summary }) => `${method} ${path}${summary === "" ? "" : ` — ${summary}`}`}
          getOptionKey={({ method, path }) => `${method} ${path}`}
          filterOptions={(all, { inputValue }) => {
            const wanted = inputValue.toLowerCase();
            const label = ({ method, path, summary }: Operation) => `${method} ${path} — ${summary}`.toLowerCase();
            // As many as anybody looks through: an API has up to 5,000.
            return all.filter((operation) => label(operation).includes(wanted)).slice(0, 100);
          }}
          onChange={(_, operation) => operation && onChange(withOperation(draft, operation))}
          renderInput={(params) => <TextField {...params} label="Operation" helperText="Or type any path below." />}
        />
      )}
      <Box sx={{ display: "flex", columnGap: 1, rowGap: 2.5, flexWrap: { xs: "wrap", sm: "nowrap" } }}>
        <TextField
          select
          label="Method"
          value={draft.method}
          onChange={(event) => change({ method: tryOutMethods.find((one) => one === event.target.value) ?? "GET" })}
          sx={{ width: 130, flex: "none" }}
        >
          {tryOutMethods.map((method) => (
            <MenuItem key={method} value={method}>
              {method}
            </MenuItem>
          ))}
        </TextField>
        <TextField
          label="Path"
          fullWidth
          value={draft.path}
          onChange={(event) => change({ path: event.target.value })}
          error={problems.has("path")}
          helperText={problems.get("path") ?? `Behind ${basePath}`}
          slotProps={{ input: { className: "mono" }, htmlInput: { spellCheck: false } }}
        />
      </Box>
      {names.length > 0 && (
        <Box sx={{ display: "grid", gap: 2, gridTemplateColumns: { sm: "1fr 1fr" } }}>
          {names.map((name) => (
            <TextField
              key={name}
              label={name}
              required
              size="small"
              value={draft.parameters[name] ?? ""}
              onChange={(event) => change({ parameters: { ...draft.parameters, [name]: event.target.value } })}
              error={problems.has(`parameters.${name}`)}
              helperText={problems.get(`parameters.${name}`)}
            />
          ))}
        </Box>
      )}
      <PairRows
        title="Query parameters"
        one="query parameter"
        pairs={draft.query}
        problem={undefined}
        onChange={(query) => change({ query })}
      />
      <PairRows
        title="Headers"
        one="header"
        pairs={draft.headers}
        problem={problems.get("headers")}
        onChange={(headers) => change({ headers })}
      />
      {hasBody(draft.method) && (
        <Box sx={{ display: "grid", gap: 2 }}>
          <Autocomplete
            freeSolo
            options={contentTypes}
            inputValue={draft.contentType}
            onInputChange={(_, contentType) => change({ contentType })}
            renderInput={(params) => <TextField {...params} size="small" label="Content type" />}
          />
          <TextField
            label="Body"
            multiline
            minRows={4}
            maxRows={16}
            value={draft.body}
            onChange={(event) => change({ body: event.target.value })}
            error={problems.has("body")}
            helperText={problems.get("body")}
            slotProps={{ input: { className: "mono" }, htmlInput: { spellCheck: false } }}
          />
        </Box>
      )}
    </Box>
  );
}
