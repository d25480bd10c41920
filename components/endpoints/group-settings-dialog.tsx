"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import Alert from "@mui/material/Alert";
import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import Dialog from "@mui/material/Dialog";
import DialogActions from "@mui/material/DialogActions";
import DialogContent from "@mui/material/DialogContent";
import DialogTitle from "@mui/material/DialogTitle";
import FormHelperText from "@mui/material/FormHelperText";
import Stack from "@mui/material/Stack";
import { useId } from "react";
import { useForm, useWatch } from "react-hook-form";
import type { EndpointsDraft, GroupSettings } from "./endpoints-draft.ts";
import { FailoverStatusesFields } from "./failover-statuses-fields.tsx";
import { groupSettingsFormSchema, typedGroupSettings } from "./group-settings-values.ts";
import { mayFailOver, shownSettings } from "./group-settings-words.ts";
import { HealthCheckFields } from "./health-check-fields.tsx";
import { TypedNumberField } from "./typed-number-field.tsx";
import { TypedSwitchField } from "./typed-switch-field.tsx";

type GroupSettingsDialogProps = {
  draft: EndpointsDraft;
  onSave: (settings: GroupSettings) => void;
  onClose: () => void;
};

const retryMeanings = {
  on: "A POST or PATCH that failed half-way is sent to another endpoint.",
  off: "A POST or PATCH is tried elsewhere only while nothing of it was sent, or if it carries an Idempotency-Key.",
} as const;

const checkMeanings = {
  on: "Every endpoint is asked again and again: one that is down is passed by before a user meets it, and one that is up again is used at once.",
  off: "An endpoint is found down by the first request that fails, and up by the first that succeeds.",
} as const;

/** What keeps the endpoints available, beyond their type. Its SAVE writes into the page; the page's SAVE stores it. */
export function GroupSettingsDialog({ draft, onSave, onClose }: GroupSettingsDialogProps) {
  const titleId = useId();
  const { control, handleSubmit } = useForm({
    resolver: zodResolver(groupSettingsFormSchema),
    mode: "onTouched",
    defaultValues: typedGroupSettings(draft.settings),
  });
  const submit = handleSubmit(onSave);
  const [hasHealthCheck, retriesAll] = useWatch({ control, name: ["hasHealthCheck", "retryNonIdempotent"] });
  const shown = shownSettings(draft);
  return (
    <Dialog open onClose={onClose} maxWidth="sm" fullWidth aria-labelledby={titleId}>
      <Box
        component="form"
        noValidate
        sx={{ display: "flex", flexDirection: "column", minHeight: 0 }} // Fields scroll, buttons stay.
        onSubmit={(event) => {
          event.stopPropagation(); // React hands it on to the page's own form, through the portal.
          void submit(event);
        }}
      >
        <DialogTitle id={titleId}>Failover and Health Configurations</DialogTitle>
        <DialogContent>
          <Stack sx={{ gap: 3, pt: 1 }}>
            {shown.failover && (
              <>
                {!mayFailOver(draft) && (
                  <Alert severity="info">
                    {draft.kind === "single" ? "There is no other endpoint" : "Enable Failover is off"}: no request is
                    tried elsewhere. Of the next two only Retry-After has an effect.
                  </Alert>
                )}
                <TypedSwitchField
                  control={control}
                  name="retryNonIdempotent"
                  label="Retry non-idempotent requests"
                  meanings={retryMeanings}
                />
                {retriesAll && mayFailOver(draft) && (
                  <Alert severity="warning">
                    Such a request may be carried out twice: an order placed twice, a payment made twice. Keep this on
                    only if your endpoints recognise a request that they have seen.
                  </Alert>
                )}
                <FailoverStatusesFields control={control} />
              </>
            )}
            <TypedSwitchField control={control} name="hasHealthCheck" label="Health checks" meanings={checkMeanings} />
            {hasHealthCheck && <HealthCheckFields control={control} />}
            {shown.slowStart && (
              <Box>
                <TypedNumberField
                  control={control}
                  name="slowStartMs"
                  label="Slow start (ms)"
                  standard={undefined}
                  source="Nothing: an endpoint that came back has its whole share at once"
                  isDuration
                />
                <FormHelperText variant="outlined">
                  While it lasts, an endpoint that came back gets less than its share, growing from little to all of it.
                </FormHelperText>
              </Box>
            )}
          </Stack>
        </DialogContent>
        <DialogActions>
          <Button color="inherit" onClick={onClose}>
            CLOSE
          </Button>
          <Button type="submit" variant="contained">
            SAVE
          </Button>
        </DialogActions>
      </Box>
    </Dialog>
  );
}
