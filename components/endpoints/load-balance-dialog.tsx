"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import Dialog from "@mui/material/Dialog";
import DialogActions from "@mui/material/DialogActions";
import DialogContent from "@mui/material/DialogContent";
import DialogTitle from "@mui/material/DialogTitle";
import Stack from "@mui/material/Stack";
import { useId } from "react";
import { useForm, useWatch } from "react-hook-form";
import { defaultSessionTimeoutMs } from "@/lib/model/endpoint-config.ts";
import type { EndpointsDraft } from "./endpoints-draft.ts";
import { AlgorithmField, FailoverSwitch, SessionField } from "./load-balance-fields.tsx";
import { loadBalanceFormSchema, typedLoadBalance } from "./load-balance-values.ts";
import { TypedNumberField } from "./typed-number-field.tsx";

type LoadBalance = Pick<EndpointsDraft, "session" | "failover">;
type LoadBalanceDialogProps = {
  value: LoadBalance;
  /** A tiered group always fails over. */
  hasFailoverSwitch: boolean;
  onSave: (value: LoadBalance) => void;
  onClose: () => void;
};

/** Load Balance Configurations. Its SAVE writes into the page; the page's SAVE stores it. */
export function LoadBalanceDialog({ value, hasFailoverSwitch, onSave, onClose }: LoadBalanceDialogProps) {
  const titleId = useId();
  const { control, handleSubmit } = useForm({
    resolver: zodResolver(loadBalanceFormSchema),
    mode: "onTouched",
    defaultValues: typedLoadBalance(value),
  });
  const submit = handleSubmit(onSave);
  const hasSessions = useWatch({ control, name: "kind" }) !== "none";
  return (
    <Dialog open onClose={onClose} maxWidth="xs" fullWidth aria-labelledby={titleId}>
      <Box
        component="form"
        noValidate
        sx={{ display: "flex", flexDirection: "column", minHeight: 0 }} // Fields scroll, buttons stay.
        onSubmit={(event) => {
          event.stopPropagation(); // React hands it on to the page's own form, through the portal.
          void submit(event);
        }}
      >
        <DialogTitle id={titleId}>Load Balance Configurations</DialogTitle>
        <DialogContent>
          <Stack sx={{ gap: 3, pt: 1 }}>
            <AlgorithmField control={control} />
            <SessionField control={control} />
            <TypedNumberField
              control={control}
              name="timeoutMs"
              label="Session Timeout (Millis)"
              standard={defaultSessionTimeoutMs}
              source={hasSessions ? "the default, counted from the last use" : "the default once there are sessions"}
              isDuration
            />
            {hasFailoverSwitch && <FailoverSwitch control={control} />}
          </Stack>
        </DialogContent>
        <DialogActions>
          <Button type="submit" variant="contained">
            SAVE
          </Button>
          <Button color="inherit" onClick={onClose}>
            CLOSE
          </Button>
        </DialogActions>
      </Box>
    </Dialog>
  );
}
