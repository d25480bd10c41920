"use client";

import FormControlLabel from "@mui/material/FormControlLabel";
import FormHelperText from "@mui/material/FormHelperText";
import Skeleton from "@mui/material/Skeleton";
import Stack from "@mui/material/Stack";
import Switch from "@mui/material/Switch";
import dynamic from "next/dynamic";
import { useId } from "react";
import { type Control, useController } from "react-hook-form";
import type { ApiChanges } from "@/lib/model/api-changes.ts";
import type { JwtSettings } from "@/lib/model/jwt-settings.ts";
import type { RateTier } from "@/lib/model/rate-limit.ts";
import { firstMessage } from "./first-message.ts";
import type { TypedRuntime } from "./runtime-values.ts";

// Most APIs take keys alone.
const JwtRules = dynamic(() => import("./jwt-rules.tsx").then((module) => module.JwtRules), {
  loading: () => (
    <Skeleton variant="rounded" height={420} role="status" aria-label="The rules for tokens are loading" />
  ),
});

const untold: JwtSettings = {
  ...{ issuer: "", audiences: [], jwksUrl: "", algorithms: ["RS256", "PS256", "ES256", "EdDSA"] },
  ...{ clockToleranceSeconds: 30, scopes: [], sandbox: null, consumer: null, forwardToken: false },
};

type JwtFieldsProps = {
  apiId: string;
  control: Control<TypedRuntime, unknown, ApiChanges>;
  tiers: readonly RateTier[];
};

/** Whether bearers of JWTs are let in, and which tokens those are. */
export function JwtFields({ apiId, control, tiers }: JwtFieldsProps) {
  const { field, fieldState } = useController({ control, name: "jwt" });
  const { value } = field;
  const consumer = value?.consumer ? { rateTier: null, ...value.consumer } : null;
  const jwt: JwtSettings | null = value && { ...untold, ...value, consumer };
  const helpId = useId();
  return (
    <Stack sx={{ gap: 2 }}>
      <div>
        <FormControlLabel
          label="JWT security"
          control={
            <Switch
              checked={jwt !== null}
              onChange={(_, next) => field.onChange(next ? untold : null)}
              slotProps={{ input: { "aria-describedby": helpId } }}
            />
          }
        />
        <FormHelperText id={helpId}>
          On: whoever shows a token that an issuer of yours has signed is let in, in the header Authorization as Bearer.
          Where keys are on as well, either is enough.
        </FormHelperText>
      </div>
      {jwt && (
        <JwtRules
          apiId={apiId}
          jwt={jwt}
          tiers={tiers}
          problemOf={(...path) => firstMessage(fieldState.error, ...path)}
          onChange={field.onChange}
        />
      )}
    </Stack>
  );
}
