"use client";

import ExpandMore from "@mui/icons-material/ExpandMore";
import Accordion from "@mui/material/Accordion";
import AccordionDetails from "@mui/material/AccordionDetails";
import AccordionSummary from "@mui/material/AccordionSummary";
import Box from "@mui/material/Box";
import MenuItem from "@mui/material/MenuItem";
import TextField from "@mui/material/TextField";
import Typography from "@mui/material/Typography";
import dynamic from "next/dynamic";
import { useState } from "react";
import { type KeyType, keyTypes } from "@/lib/model/endpoint-config.ts";
import { type SecurityType, securityTypeOf, securityTypes, storedSecurity } from "@/lib/model/endpoint-security.ts";
import { hasStoredSecret, type SecurityValues, withType } from "./endpoint-security-values.ts";
import type { EndpointsDraft } from "./endpoints-draft.ts";

// Most endpoints ask for nothing.
const EndpointSecurityFields = dynamic(
  () => import("./endpoint-security-fields.tsx").then((module) => module.EndpointSecurityFields),
  { ssr: false },
);

const typeNames: Record<SecurityType, string> = {
  NONE: "None",
  BASIC: "Basic",
  DIGEST: "Digest",
  OAUTH: "OAuth 2.0",
  APIKEY: "API key",
};

const keyTypeNames = { production: "Production", sandbox: "Sandbox" } as const satisfies Record<KeyType, string>;

type EndpointSecuritySectionProps = {
  draft: EndpointsDraft;
  stored: EndpointsDraft;
  /** By `production.username` and the like. */
  problems: ReadonlyMap<string, string>;
  onChange: (keyType: KeyType, values: SecurityValues) => void;
};

/** General Endpoint Configurations: what gateways show to the endpoints of each key type. */
export function EndpointSecuritySection({ draft, stored, problems, onChange }: EndpointSecuritySectionProps) {
  const shown = keyTypes.filter((keyType) => draft[keyType].enabled);
  const typeOf = (keyType: KeyType) => securityTypeOf(storedSecurity(draft, keyType)) ?? "NONE";
  const [isOpen, setOpen] = useState(shown.some((keyType) => typeOf(keyType) !== "NONE"));
  return (
    <Accordion
      variant="outlined"
      disableGutters
      // A problem that nobody can see cannot be corrected.
      expanded={isOpen || problems.size > 0}
      onChange={(_, open) => setOpen(open)}
      sx={{ borderRadius: 1, "&::before": { display: "none" } }}
    >
      <AccordionSummary expandIcon={<ExpandMore />}>
        <Box component="span" sx={{ display: "flex", flexWrap: "wrap", columnGap: 2, alignItems: "baseline" }}>
          <Typography component="span" variant="h6">
            General Endpoint Configurations
          </Typography>
          <Typography component="span" variant="body2" color="textSecondary">
            Endpoint security:{" "}
            {shown.map((keyType) => `${keyTypeNames[keyType]} ${typeNames[typeOf(keyType)]}`).join(", ")}
          </Typography>
        </Box>
      </AccordionSummary>
      <AccordionDetails sx={{ display: "grid", gap: 3 }}>
        <Typography variant="body2" color="textSecondary">
          What gateways show to the endpoints, in the place of what clients say. Secrets are stored encrypted and never
          shown again.
        </Typography>
        {shown.map((keyType) => {
          const values = storedSecurity(draft, keyType);
          const type = typeOf(keyType);
          const name = keyTypeNames[keyType];
          return (
            <Box key={keyType} role="group" aria-label={`${name} endpoint security`} sx={{ display: "grid", gap: 2 }}>
              <TextField
                select
                label={`${name} endpoint security`}
                value={type}
                onChange={(event) => {
                  const chosen = securityTypes.find((known) => known === event.target.value) ?? "NONE";
                  onChange(keyType, withType(values, chosen));
                }}
                error={problems.has(`${keyType}.type`)}
                helperText={problems.get(`${keyType}.type`)}
                sx={{ maxWidth: 320 }}
              >
                {securityTypes.map((each) => (
                  <MenuItem key={each} value={each}>
                    {typeNames[each]}
                  </MenuItem>
                ))}
              </TextField>
              {type !== "NONE" && (
                <EndpointSecurityFields
                  type={type}
                  values={values}
                  isStored={hasStoredSecret(stored, keyType, type)}
                  problemOf={(field) => problems.get(`${keyType}.${field}`)}
                  onChange={(field, value) => onChange(keyType, { ...values, [field]: value })}
                />
              )}
            </Box>
          );
        })}
      </AccordionDetails>
    </Accordion>
  );
}
