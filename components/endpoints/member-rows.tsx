"use client";

import Box from "@mui/material/Box";
import type { KeyType } from "@/lib/model/endpoint-config.ts";
import { isSame } from "./draft-merge.ts";
import { type DraftProblems, endpointKey } from "./draft-problems.ts";
import { type GroupKind, isBalanced } from "./endpoint-words.ts";
import { type DraftEndpoint, type DraftGroup, storedEndpoint } from "./endpoints-draft.ts";
import { MemberRow } from "./member-row.tsx";

type MemberRowsProps = {
  keyType: KeyType;
  kind: GroupKind;
  label: string;
  /** Those of the whole group, or of one pool. */
  endpoints: readonly DraftEndpoint[];
  /** How many endpoints of the group stand before them. */
  offset: number;
  /** Of the whole group. */
  count: number;
  stored: DraftGroup;
  problems: DraftProblems;
  keepReason: string | undefined;
  keyboardHelpId: string;
};

/** Endpoints that share the load, or follow one another, in a list. */
export function MemberRows(props: MemberRowsProps) {
  const { keyType, kind, label, endpoints, offset, count, stored, problems, keepReason, keyboardHelpId } = props;
  const weights = endpoints.reduce((sum, { weight = 1 }) => sum + weight, 0);
  return (
    <Box component="ul" aria-label={label} sx={{ m: 0, p: 0 }}>
      {endpoints.map((endpoint, index) => {
        const key = endpointKey(keyType, endpoint.id);
        return (
          <MemberRow
            key={endpoint.id}
            {...{ keyType, kind, endpoint, count, keepReason, keyboardHelpId }}
            position={offset + index}
            share={isBalanced(kind) && weights > 0 ? (endpoint.weight ?? 1) / weights : undefined}
            mark={markOf(endpoint, stored)}
            urlProblem={problems.urls.get(key)}
            weightProblem={problems.weights.get(key)}
            settingsProblem={problems.settings.get(key)}
          />
        );
      })}
    </Box>
  );
}

function markOf(endpoint: DraftEndpoint, stored: DraftGroup): "New" | "Edited" | undefined {
  const before = stored.enabled ? stored.endpoints.find(({ id }) => id === endpoint.id) : undefined;
  if (!before) return "New";
  // Where nothing is stored in pools, standing in one is no edit of the endpoint.
  const now = before.pool === undefined ? storedEndpoint(endpoint) : endpoint;
  return isSame(before, now) ? undefined : "Edited";
}
