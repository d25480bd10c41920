"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import Dialog from "@mui/material/Dialog";
import DialogActions from "@mui/material/DialogActions";
import DialogContent from "@mui/material/DialogContent";
import DialogTitle from "@mui/material/DialogTitle";
import Typography from "@mui/material/Typography";
import { useId } from "react";
import { useForm } from "react-hook-form";
import type { EndpointSettings } from "@/lib/model/endpoint-policy.ts";
import { EndpointSettingsFields } from "./endpoint-settings-fields.tsx";
import { settingsFormSchema, settingsFromForm, typedSettings } from "./endpoint-settings-values.ts";

type EndpointSettingsDialogProps = {
  url: string;
  settings: EndpointSettings;
  onSave: (settings: EndpointSettings) => void;
  onClose: () => void;
};

/** Advanced Configurations of one endpoint. Its SAVE writes into the page; the page's SAVE stores it. */
export function EndpointSettingsDialog({ url, settings, onSave, onClose }: EndpointSettingsDialogProps) {
  const titleId = useId();
  const { control, handleSubmit, reset } = useForm({
    resolver: zodResolver(settingsFormSchema),
    mode: "onTouched",
    defaultValues: typedSettings(settings),
  });
  const submit = handleSubmit((parsed) => onSave(settingsFromForm(parsed)));
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
        <DialogTitle id={titleId}>Advanced Configurations</DialogTitle>
        <DialogContent>
          <Typography variant="body2" color="textSecondary" sx={{ mb: 2, overflowWrap: "anywhere" }}>
            For {url.trim() === "" ? "this endpoint" : <code>{url}</code>}. What is left empty follows the default.
          </Typography>
          <EndpointSettingsFields control={control} />
        </DialogContent>
        <DialogActions>
          <Button
            color="inherit"
            onClick={() => reset(typedSettings({}), { keepDefaultValues: true })}
            sx={{ mr: "auto" }}
          >
            Use defaults
          </Button>
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
