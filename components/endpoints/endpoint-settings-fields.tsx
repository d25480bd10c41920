"use client";

import Box from "@mui/material/Box";
import Typography from "@mui/material/Typography";
import type { ReactNode } from "react";
import { defaultEndpointPolicy } from "@/lib/model/endpoint-policy.ts";
import type { SettingsControl } from "./endpoint-settings-values.ts";
import { ErrorCodesField } from "./error-codes-field.tsx";
import { TimeoutActionField } from "./timeout-action-field.tsx";
import { TypedNumberField } from "./typed-number-field.tsx";

type ControlProps = { control: SettingsControl };

const standard = defaultEndpointPolicy;
const template = "the default of WSO2's endpoint template";
const synapse = "the default of Apache Synapse";

/** The sections of Advanced Configurations, labelled as in WSO2's publisher. */
export function EndpointSettingsFields({ control }: ControlProps) {
  return (
    <Box sx={{ display: "grid", gap: 3 }}>
      <Section title="Endpoint Suspension State">
        <ErrorCodesField control={control} name="suspendErrorCodes" standard={`every code suspends, ${synapse}`} />
        <Row>
          <TypedNumberField
            {...{ control, isDuration: true, source: template }}
            name="suspendInitialDurationMs"
            label="Initial Duration (ms)"
            standard={standard.suspendInitialDurationMs}
          />
          <TypedNumberField
            {...{ control, isDuration: true, source: `No upper bound, ${synapse}` }}
            name="suspendMaximumDurationMs"
            label="Max Duration (ms)"
            standard={undefined}
          />
          <TypedNumberField
            {...{ control, source: `Every suspension as long as the one before, ${synapse}` }}
            name="suspendFactor"
            label="Factor"
            standard={standard.suspendFactor}
          />
        </Row>
      </Section>
      <Section title="Endpoint Timeout State">
        <ErrorCodesField
          control={control}
          name="timeoutErrorCodes"
          standard={`${standard.timeoutErrorCodes.join(" and ")}, ${synapse}`}
        />
        <Row>
          <TypedNumberField
            {...{ control, source: `The first error suspends, ${synapse}` }}
            name="retriesBeforeSuspension"
            label="Retries Before Suspension"
            standard={standard.retriesBeforeSuspension}
          />
          <TypedNumberField
            {...{ control, isDuration: true, source: `Tried again at once, ${synapse}` }}
            name="retryDelayMs"
            label="Retry Delay (ms)"
            standard={standard.retryDelayMs}
          />
        </Row>
      </Section>
      <Section title="Connection Timeout">
        <Row>
          <TimeoutActionField control={control} />
          <TypedNumberField
            {...{ control, isDuration: true, source: template }}
            name="responseTimeoutMs"
            label="Duration (ms)"
            standard={standard.responseTimeoutMs}
          />
        </Row>
      </Section>
      <Section title="Failover">
        <ErrorCodesField
          control={control}
          name="disabledErrorCodes"
          label="Error codes never tried elsewhere"
          standard="every failed request may be tried at another endpoint"
        />
      </Section>
    </Box>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Box component="section" aria-label={title} sx={{ display: "grid", gap: 2 }}>
      <Typography component="h3" variant="subtitle1">
        {title}
      </Typography>
      {children}
    </Box>
  );
}

function Row({ children }: { children: ReactNode }) {
  return (
    <Box
      sx={{ display: "grid", gap: 2, gridTemplateColumns: { xs: "1fr", sm: "repeat(auto-fit, minmax(150px, 1fr))" } }}
    >
      {children}
    </Box>
  );
}
