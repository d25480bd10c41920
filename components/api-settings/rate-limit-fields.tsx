import FormControlLabel from "@mui/material/FormControlLabel";
import FormHelperText from "@mui/material/FormHelperText";
import Switch from "@mui/material/Switch";
import { useId } from "react";
import { type Control, useController } from "react-hook-form";
import { RateTierField } from "@/components/rate-limits/rate-tier-field.tsx";
import type { ApiChanges } from "@/lib/model/api-changes.ts";
import type { RateTier } from "@/lib/model/rate-limit.ts";
import type { TypedRuntime } from "./runtime-values.ts";

type RateLimitFieldsProps = { control: Control<TypedRuntime, unknown, ApiChanges>; tiers: readonly RateTier[] };

/** The limit of all requests to the API, and whether limits are kept to or only observed. */
export function RateLimitFields({ control, tiers }: RateLimitFieldsProps) {
  const tier = useController({ control, name: "rateTier" });
  const observe = useController({ control, name: "observeRateLimits" });
  const helpId = useId();
  return (
    <>
      <RateTierField
        tiers={tiers}
        value={tier.field.value}
        onChange={tier.field.onChange}
        onBlur={tier.field.onBlur}
        inputRef={tier.field.ref}
        label="Rate limit"
        error={tier.fieldState.invalid}
        helperText={
          tier.fieldState.error?.message ??
          "For all requests to this API together, at each gateway. Keys have limits of their own under Subscriptions. Beyond it, callers get 429."
        }
        sx={{ maxWidth: 420 }}
      />
      <div>
        <FormControlLabel
          label="Only observe rate limits"
          control={
            <Switch
              checked={observe.field.value}
              onChange={(_, next) => observe.field.onChange(next)}
              slotProps={{ input: { "aria-describedby": helpId } }}
            />
          }
        />
        <FormHelperText id={helpId}>
          On: requests beyond a limit, this API's or a key's, are served all the same. They are counted and marked under
          Requests, which shows what a limit would do.
        </FormHelperText>
      </div>
    </>
  );
}
