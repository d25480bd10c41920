"use client";

import Settings from "@mui/icons-material/Settings";
import Box from "@mui/material/Box";
import IconButton from "@mui/material/IconButton";
import MenuItem from "@mui/material/MenuItem";
import TextField from "@mui/material/TextField";
import Tooltip from "@mui/material/Tooltip";
import dynamic from "next/dynamic";
import { useState } from "react";
import type { EndpointConfigKind } from "@/lib/model/endpoint-config.ts";
import { endpointTypeNames, isBalanced } from "./endpoint-words.ts";
import type { EndpointsDraft } from "./endpoints-draft.ts";
import { useEndpointsFormActions } from "./endpoints-form-context.ts";
import { droppedByTypeChange } from "./type-change.ts";

const LoadBalanceDialog = dynamic(
  () => import("./load-balance-dialog.tsx").then((module) => module.LoadBalanceDialog),
  { loading: () => null },
);
const TypeChangeDialog = dynamic(() => import("./type-change-dialog.tsx").then((module) => module.TypeChangeDialog), {
  loading: () => null,
});

const offered = ["single", "failover", "load-balance", "tiered"] as const satisfies readonly EndpointConfigKind[];

const typeMeanings = {
  single: "One endpoint serves.",
  failover: "The first endpoint that is ready serves.",
  "load-balance": "Every endpoint in turn, as often as its weight says.",
  tiered: "Load-balanced pools: the first one that has a ready endpoint serves.",
} as const satisfies Record<EndpointConfigKind, string>;

/** Endpoint Type, and beside it the cog of Load Balance Configurations. */
export function EndpointTypeField({ draft, problem }: { draft: EndpointsDraft; problem: string | undefined }) {
  const { change } = useEndpointsFormActions();
  const [asked, setAsked] = useState<EndpointConfigKind>();
  const [cogOpen, setCogOpen] = useState(false);
  const hasCog = isBalanced(draft.kind);

  function choose(kind: EndpointConfigKind): void {
    if (droppedByTypeChange(draft, kind).length > 0) setAsked(kind);
    else change({ type: "choose-kind", kind });
  }

  return (
    <Box sx={{ display: "flex", alignItems: "flex-start", gap: 1 }}>
      <TextField
        select
        label="Endpoint Type"
        value={draft.kind}
        error={problem !== undefined}
        helperText={problem ?? typeMeanings[draft.kind]}
        onChange={(event) => {
          const kind = offered.find((one) => one === event.target.value);
          if (kind) choose(kind);
        }}
        sx={{ width: { xs: "100%", sm: 320 } }}
      >
        {offered.map((kind) => (
          <MenuItem key={kind} value={kind}>
            {endpointTypeNames[kind]}
          </MenuItem>
        ))}
      </TextField>
      <Tooltip title={hasCog ? "Load Balance Configurations" : "Only for Load Balanced and Tiered"}>
        <span>
          <IconButton aria-label="Load Balance Configurations" disabled={!hasCog} onClick={() => setCogOpen(true)}>
            <Settings />
          </IconButton>
        </span>
      </Tooltip>
      {cogOpen && (
        <LoadBalanceDialog
          value={draft}
          hasFailoverSwitch={draft.kind === "load-balance"}
          onClose={() => setCogOpen(false)}
          onSave={(value) => {
            change({ type: "set-load-balance", ...value });
            setCogOpen(false);
          }}
        />
      )}
      {asked && (
        <TypeChangeDialog
          from={draft.kind}
          to={asked}
          dropped={droppedByTypeChange(draft, asked)}
          onCancel={() => setAsked(undefined)}
          onConfirm={() => {
            change({ type: "choose-kind", kind: asked });
            setAsked(undefined);
          }}
        />
      )}
    </Box>
  );
}
