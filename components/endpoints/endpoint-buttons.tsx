"use client";

import CheckCircle from "@mui/icons-material/CheckCircle";
import Settings from "@mui/icons-material/Settings";
import Badge from "@mui/material/Badge";
import IconButton from "@mui/material/IconButton";
import Tooltip from "@mui/material/Tooltip";
import type { EndpointSettings } from "@/lib/model/endpoint-policy.ts";

type EndpointButtonsProps = {
  settings: EndpointSettings;
  onCheck: () => void;
  onOpenSettings: () => void;
};

/** Tick and cog, as they stand at the end of every endpoint's URL. */
export function EndpointButtons({ settings, onCheck, onOpenSettings }: EndpointButtonsProps) {
  const count = Object.keys(settings).length;
  const cogTitle = count === 0 ? "Endpoint configurations" : `Endpoint configurations: ${count} set`;
  return (
    <>
      <Tooltip title="Check endpoint status">
        <IconButton aria-label="Check endpoint status" data-control="check" onClick={onCheck}>
          <CheckCircle fontSize="small" />
        </IconButton>
      </Tooltip>
      <Tooltip title={cogTitle}>
        <IconButton aria-label="Endpoint configurations" data-control="settings" onClick={onOpenSettings}>
          <Badge variant="dot" color="primary" invisible={count === 0}>
            <Settings fontSize="small" />
          </Badge>
        </IconButton>
      </Tooltip>
    </>
  );
}
