"use client";

import Box from "@mui/material/Box";
import MenuItem from "@mui/material/MenuItem";
import TextField from "@mui/material/TextField";
import { type ReactNode, useState } from "react";
import type { SecurityType } from "@/lib/model/endpoint-security.ts";
import { fieldText, parameterLines, parametersOfLines, type SecurityValues } from "./endpoint-security-values.ts";

type FieldsProps = {
  values: SecurityValues;
  /** Whether secrets of this type are stored, so that empty fields mean those. */
  isStored: boolean;
  problemOf: (field: string) => string | undefined;
  onChange: (field: string, value: unknown) => void;
};

/** The fields that a type of endpoint security needs. */
export function EndpointSecurityFields({ type, ...props }: FieldsProps & { type: SecurityType }) {
  switch (type) {
    case "NONE":
      return null;
    case "BASIC":
    case "DIGEST":
      return (
        <Grid>
          <LoginFields {...props} />
        </Grid>
      );
    case "APIKEY":
      return (
        <Grid>
          <Choice {...props} field="apiKeyIdentifierType" label="Key goes in" choices={keyPlaces} />
          <Text {...props} field="apiKeyIdentifier" label="Name" hint="Of the header or query parameter." />
          <Secret {...props} field="apiKeyValue" label="Key" />
        </Grid>
      );
    case "OAUTH":
      return (
        <>
          <Grid>
            <Choice {...props} field="grantType" label="Grant type" choices={grantTypes} />
            <Text {...props} field="tokenUrl" label="Token URL" hint="Where gateways ask for tokens." />
            <Text {...props} field="clientId" label="Client ID" />
            <Secret {...props} field="clientSecret" label="Client secret" />
            {fieldText(props.values, "grantType").toUpperCase() === "PASSWORD" && <LoginFields {...props} />}
            <Text {...props} field="scopes" label="Scopes" hint="Separated by spaces; none is fine." isOptional />
            <Choice {...props} field="clientAuthentication" label="Client credentials go in" choices={clientPlaces} />
          </Grid>
          <ParametersField {...props} />
        </>
      );
  }
}

const keyPlaces = { HEADER: "A header", QUERY_PARAMETER: "The query" } as const;
const grantTypes = { CLIENT_CREDENTIALS: "Client credentials", PASSWORD: "Password" } as const;
const clientPlaces = { HEADER: "The Authorization header", BODY: "The request's body" } as const;

function Grid({ children }: { children: ReactNode }) {
  return <Box sx={{ display: "grid", gap: 2, gridTemplateColumns: { sm: "1fr 1fr" } }}>{children}</Box>;
}

function LoginFields(props: FieldsProps) {
  return (
    <>
      <Text {...props} field="username" label="User name" />
      <Secret {...props} field="password" label="Password" />
    </>
  );
}

type OneField = FieldsProps & { field: string; label: string };

function Text({ values, problemOf, onChange, field, label, hint, isOptional = false }: OneField & TextExtras) {
  const problem = problemOf(field);
  return (
    <TextField
      label={label}
      required={!isOptional}
      autoComplete="off"
      value={fieldText(values, field)}
      onChange={(event) => onChange(field, event.target.value)}
      error={problem !== undefined}
      helperText={problem ?? hint}
    />
  );
}

type TextExtras = { hint?: string; isOptional?: boolean };

/** Never filled in from what is stored: empty leaves that as it is. */
function Secret({ values, isStored, problemOf, onChange, field, label }: OneField) {
  const problem = problemOf(field);
  return (
    <TextField
      label={label}
      type="password"
      required={!isStored}
      autoComplete="new-password"
      value={fieldText(values, field)}
      onChange={(event) => onChange(field, event.target.value)}
      error={problem !== undefined}
      helperText={problem ?? (isStored ? "Stored. Enter a new one to replace it." : undefined)}
    />
  );
}

type ChoiceProps = OneField & { choices: Readonly<Record<string, string>> };

/** The first of the choices holds where nothing was chosen. */
function Choice({ values, problemOf, onChange, field, label, choices }: ChoiceProps) {
  const problem = problemOf(field);
  const [first = ""] = Object.keys(choices);
  const chosen = fieldText(values, field).toUpperCase();
  return (
    <TextField
      select
      label={label}
      value={chosen in choices ? chosen : first}
      onChange={(event) => onChange(field, event.target.value)}
      error={problem !== undefined}
      helperText={problem}
    >
      {Object.entries(choices).map(([value, words]) => (
        <MenuItem key={value} value={value}>
          {words}
        </MenuItem>
      ))}
    </TextField>
  );
}

/** Parameters of the token request beside those that the grant has. */
function ParametersField({ values, problemOf, onChange }: FieldsProps) {
  const stored = parameterLines(values.customParameters);
  const [typed, setTyped] = useState(stored);
  const problem = problemOf("customParameters");
  // What is typed stands while it means what is in the form; after a reset the form's own stands.
  const text = parameterLines(parametersOfLines(typed)) === stored ? typed : stored;
  return (
    <TextField
      label="Custom parameters"
      multiline
      minRows={2}
      value={text}
      onChange={(event) => {
        setTyped(event.target.value);
        onChange("customParameters", parametersOfLines(event.target.value));
      }}
      error={problem !== undefined}
      helperText={problem ?? "One name=value a line, such as audience=orders; none is fine."}
      slotProps={{ input: { className: "mono" } }}
    />
  );
}
