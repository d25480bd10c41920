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
    { label: "Test", ...wayIn(api, keys) },
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

/** With what callers come. */
function wayIn({ apiKeyRequired, runtime }: Api, keys: number): { done: boolean; note: string } {
  if (!apiKeyRequired) return { done: true, note: runtime.jwt ? "Called with tokens" : "Open: no key needed" };
  if (keys > 0) return { done: true, note: `${keys} key${keys === 1 ? "" : "s"}` };
  if (runtime.jwt) return { done: true, note: "Called with tokens, no key yet" };
  return { done: false, note: "Create a key to call it" };
}
