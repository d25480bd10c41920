import Step from "@mui/material/Step";
import StepLabel from "@mui/material/StepLabel";
import Stepper from "@mui/material/Stepper";
import type { Api } from "@/lib/model/api.ts";
import { isLive } from "@/lib/model/lifecycle.ts";

type PublishingProgressProps = { api: Api; keys: number; liveGateways: number };

/** How far the API has come on its way to consumers, and what each step still lacks. */
export function PublishingProgress({ api, keys, liveGateways }: PublishingProgressProps) {
  const published = isLive(api.lifecycleState);
  const steps = [
    {
      label: "Develop",
      done: api.endpointConfig !== null,
      note: api.endpointConfig ? "Endpoints configured" : "Configure an endpoint",
    },
    {
      label: "Deploy",
      done: published && liveGateways > 0,
      note: liveGateways > 0 ? `On ${liveGateways} gateway${liveGateways === 1 ? "" : "s"}` : "On no gateway yet",
    },
    {
      label: "Test",
      done: keys > 0 || !api.apiKeyRequired || api.runtime.jwt !== null,
      note: api.apiKeyRequired
        ? keys > 0
          ? `${keys} key${keys === 1 ? "" : "s"}`
          : "Create a key to call it"
        : api.runtime.jwt
          ? "Called with tokens"
          : "Open: no key needed",
    },
    { label: "Publish", done: published, note: published ? "Published" : "Not published" },
  ];
  return (
    <Stepper nonLinear alternativeLabel sx={{ overflowX: "auto" }}>
      {steps.map(({ label, done, note }) => (
        <Step key={label} completed={done} active={false}>
          <StepLabel optional={<span style={{ fontSize: 12, display: "block", textAlign: "center" }}>{note}</span>}>
            {label}
          </StepLabel>
        </Step>
      ))}
    </Stepper>
  );
}
