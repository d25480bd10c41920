"use client";

import Alert from "@mui/material/Alert";
import Box from "@mui/material/Box";
import Typography from "@mui/material/Typography";
import { useId } from "react";
import type { KeyType } from "@/lib/model/endpoint-config.ts";
import { AddEndpointField } from "./add-endpoint-field.tsx";
import { isSame } from "./draft-merge.ts";
import { type DraftProblems, endpointKey } from "./draft-problems.ts";
import { type GroupKind, groupHeading } from "./endpoint-words.ts";
import { type DraftEndpoint, type DraftGroup, isBlankGroup } from "./endpoints-draft.ts";
import { useEndpointsFormActions } from "./endpoints-form-context.ts";
import { MemberList } from "./member-list.tsx";

type EndpointGroupSectionProps = {
  keyType: KeyType;
  kind: GroupKind;
  group: DraftGroup;
  /** As it is stored, to mark what is not saved yet. */
  stored: DraftGroup;
  problems: DraftProblems;
  newUrl: string;
  newUrlProblem: string | undefined;
};

/** The endpoints of one key type when there can be several: a field to add, then the list. */
export function EndpointGroupSection(props: EndpointGroupSectionProps) {
  const { keyType, kind, group, stored, problems, newUrl, newUrlProblem } = props;
  const { addEndpoint, typeNewUrl } = useEndpointsFormActions();
  const headingId = useId();
  const heading = groupHeading(kind, keyType);
  const groupProblem = problems.groups[keyType];

  function markOf(endpoint: DraftEndpoint): "New" | "Edited" | undefined {
    const before = stored.enabled ? stored.endpoints.find(({ id }) => id === endpoint.id) : undefined;
    if (!before) return "New";
    return isSame(before, endpoint) ? undefined : "Edited";
  }

  return (
    <Box component="section" aria-labelledby={headingId} sx={{ display: "grid", gap: 1.5 }}>
      <Typography component="h3" variant="subtitle1" id={headingId}>
        {heading}
      </Typography>
      <AddEndpointField
        group={group}
        value={newUrl}
        problem={newUrlProblem}
        onChange={(url) => typeNewUrl(keyType, url)}
        onAdd={(url) => addEndpoint(keyType, url)}
      />
      {groupProblem !== undefined && <Alert severity="error">{groupProblem}</Alert>}
      {isBlankGroup(group) ? (
        <Typography variant="body2" color="textSecondary">
          No endpoint yet. Type the first one&apos;s URL above and press +.
        </Typography>
      ) : (
        <Box>
          <MemberList
            {...{ keyType, kind, group, markOf }}
            label={heading}
            urlProblemOf={(id) => problems.urls.get(endpointKey(keyType, id))}
            settingsProblemOf={(id) => problems.settings.get(endpointKey(keyType, id))}
          />
        </Box>
      )}
    </Box>
  );
}
