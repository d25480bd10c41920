"use client";

import { useSortable } from "@dnd-kit/sortable";
import { CSS } from "@dnd-kit/utilities";
import ArrowDownward from "@mui/icons-material/ArrowDownward";
import ArrowUpward from "@mui/icons-material/ArrowUpward";
import DeleteOutlined from "@mui/icons-material/DeleteOutlined";
import Box from "@mui/material/Box";
import FormHelperText from "@mui/material/FormHelperText";
import IconButton from "@mui/material/IconButton";
import Tooltip from "@mui/material/Tooltip";
import Typography from "@mui/material/Typography";
import { type ReactNode, useId } from "react";
import type { KeyType } from "@/lib/model/endpoint-config.ts";
import { AddEndpointField } from "./add-endpoint-field.tsx";
import { poolName, poolTarget } from "./draft-pools.ts";
import type { DraftGroup, DraftPool } from "./endpoints-draft.ts";
import { useEndpointsFormActions } from "./endpoints-form-context.ts";

type PoolSectionProps = {
  keyType: KeyType;
  group: DraftGroup;
  pool: DraftPool;
  index: number;
  newUrl: string;
  newUrlProblem: string | undefined;
  problem: string | undefined;
  /** Its rows. */
  children: ReactNode;
};

/** One pool: its name and when it serves, a field to add to it, and its endpoints. */
export function PoolSection(props: PoolSectionProps) {
  const { keyType, group, pool, index, newUrl, newUrlProblem, problem, children } = props;
  const { addEndpoint, typeNewUrl } = useEndpointsFormActions();
  const headingId = useId();
  // The heading cannot be dragged, but makes room: what is dropped beneath it is in its pool.
  const { setNodeRef, transform, transition } = useSortable({
    id: poolTarget(pool.id),
    disabled: { draggable: true },
  });
  const name = poolName(index);
  return (
    <Box component="section" aria-labelledby={headingId} sx={{ mb: 2 }}>
      <Box
        ref={setNodeRef}
        style={{ transform: CSS.Translate.toString(transform), transition }}
        sx={{ bgcolor: "action.hover", borderRadius: 1, px: 1.5, py: 1, mb: 0.5, display: "grid", gap: 1 }}
      >
        <Box sx={{ display: "flex", alignItems: "center", gap: 1 }}>
          <Box sx={{ flex: 1, minWidth: 0 }}>
            <Typography component="h4" variant="subtitle2" id={headingId}>
              {name}
            </Typography>
            <Typography variant="caption" color="textSecondary" component="p">
              {index === 0
                ? "Serves while one of its endpoints is ready."
                : `Serves while no endpoint ${index === 1 ? "of the primary pool" : "of the pools above"} is ready.`}
            </Typography>
          </Box>
          <PoolButtons {...{ keyType, group, pool, index }} />
        </Box>
        <AddEndpointField
          group={group}
          poolName={name}
          value={newUrl}
          problem={newUrlProblem}
          onChange={(url) => typeNewUrl(keyType, pool.id, url)}
          onAdd={(url) => addEndpoint(keyType, pool.id, url)}
        />
      </Box>
      {pool.endpoints.length === 0 ? (
        <FormHelperText error={problem !== undefined} sx={{ mx: 1.5 }}>
          {problem ?? "No endpoint yet. Type a URL above and press +, or drag one here."}
        </FormHelperText>
      ) : (
        children
      )}
    </Box>
  );
}

type PoolButtonsProps = Pick<PoolSectionProps, "keyType" | "group" | "pool" | "index">;

function PoolButtons({ keyType, group, pool, index }: PoolButtonsProps) {
  const { announce, movePool, removePool } = useEndpointsFormActions();
  const name = poolName(index);
  const last = group.pools.length - 1;
  const keepReason = poolKeepReason(group, pool);
  return (
    <Box sx={{ display: "flex" }}>
      <IconButton
        size="small"
        aria-label={`Move ${name} up`}
        disabled={index === 0}
        onClick={() => movePool(keyType, pool, index, index - 1)}
      >
        <ArrowUpward fontSize="small" />
      </IconButton>
      <IconButton
        size="small"
        aria-label={`Move ${name} down`}
        disabled={index === last}
        onClick={() => movePool(keyType, pool, index, index + 1)}
      >
        <ArrowDownward fontSize="small" />
      </IconButton>
      <Tooltip title={keepReason ?? `Remove ${name}`}>
        <IconButton
          size="small"
          aria-label={`Remove ${name}`}
          aria-disabled={keepReason !== undefined}
          onClick={() => (keepReason === undefined ? removePool(keyType, pool, index) : announce(keepReason))}
          sx={{ opacity: keepReason === undefined ? 1 : 0.4 }}
        >
          <DeleteOutlined fontSize="small" />
        </IconButton>
      </Tooltip>
    </Box>
  );
}

/** Why a pool cannot be taken out. */
function poolKeepReason({ pools, endpoints }: DraftGroup, pool: DraftPool): string | undefined {
  if (pools.length <= 2) return "A tiered group has two pools at least: choose Load Balanced to have one.";
  return pool.endpoints.length < endpoints.length
    ? undefined
    : "All endpoints are in this pool: move some of them first.";
}
