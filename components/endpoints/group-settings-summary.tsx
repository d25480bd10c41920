"use client";

import Settings from "@mui/icons-material/Settings";
import Box from "@mui/material/Box";
import IconButton from "@mui/material/IconButton";
import Tooltip from "@mui/material/Tooltip";
import Typography from "@mui/material/Typography";
import dynamic from "next/dynamic";
import { Fragment, useId, useState } from "react";
import type { EndpointsDraft } from "./endpoints-draft.ts";
import { useEndpointsFormActions } from "./endpoints-form-context.ts";
import { groupSettingsInWords } from "./group-settings-words.ts";

const GroupSettingsDialog = dynamic(
  () => import("./group-settings-dialog.tsx").then((module) => module.GroupSettingsDialog),
  { loading: () => null },
);

const title = "Failover and Health Configurations";

/** What is in effect for all endpoints alike, and the cog that changes it. */
export function GroupSettingsSummary({ draft }: { draft: EndpointsDraft }) {
  const { change } = useEndpointsFormActions();
  const [isOpen, setOpen] = useState(false);
  const headingId = useId();
  return (
    <Box component="section" aria-labelledby={headingId}>
      <Box sx={{ display: "flex", alignItems: "center", gap: 1 }}>
        <Typography component="h3" variant="subtitle1" id={headingId}>
          Failover and health
        </Typography>
        <Tooltip title={title}>
          <IconButton aria-label={title} onClick={() => setOpen(true)}>
            <Settings />
          </IconButton>
        </Tooltip>
      </Box>
      <Box
        component="dl"
        sx={{
          m: 0,
          display: "grid",
          columnGap: 3,
          rowGap: 0.5,
          gridTemplateColumns: { xs: "1fr", sm: "max-content 1fr" },
        }}
      >
        {groupSettingsInWords(draft).map(({ name, value }) => (
          <Fragment key={name}>
            <Typography component="dt" variant="body2" color="textSecondary">
              {name}
            </Typography>
            <Typography component="dd" variant="body2" sx={{ m: 0, mb: { xs: 1, sm: 0 }, overflowWrap: "anywhere" }}>
              {value}
            </Typography>
          </Fragment>
        ))}
      </Box>
      {isOpen && (
        <GroupSettingsDialog
          draft={draft}
          onClose={() => setOpen(false)}
          onSave={(settings) => {
            change({ type: "set-group-settings", settings });
            setOpen(false);
          }}
        />
      )}
    </Box>
  );
}
