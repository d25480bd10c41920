"use client";

import Alert from "@mui/material/Alert";
import Box from "@mui/material/Box";
import Typography from "@mui/material/Typography";
import { useId } from "react";
import type { KeyType } from "@/lib/model/endpoint-config.ts";
import { AddEndpointField } from "./add-endpoint-field.tsx";
import type { DraftProblems } from "./draft-problems.ts";
import { type GroupKind, groupHeading } from "./endpoint-words.ts";
import { type DraftGroup, isBlankGroup } from "./endpoints-draft.ts";
import { useEndpointsFormActions } from "./endpoints-form-context.ts";
import { MemberList } from "./member-list.tsx";
import { MemberRows } from "./member-rows.tsx";
import { type NewUrls, newUrlPlace } from "./new-urls.ts";
import { PoolList } from "./pool-list.tsx";

export type EndpointGroupSectionProps = {
  keyType: KeyType;
  kind: GroupKind;
  group: DraftGroup;
  /** As it is stored, to mark what is not saved yet. */
  stored: DraftGroup;
  problems: DraftProblems;
  newUrls: NewUrls;
  /** Told where a Service URL field holds something. */
  newUrlProblem: string | undefined;
};

/** The endpoints of one key type when there can be several: one list, or one for each pool. */
export function EndpointGroupSection(props: EndpointGroupSectionProps) {
  const { keyType, kind, problems } = props;
  const headingId = useId();
  const groupProblem = problems.groups[keyType];
  return (
    <Box component="section" aria-labelledby={headingId} sx={{ display: "grid", gap: 1.5 }}>
      <Typography component="h3" variant="subtitle1" id={headingId}>
        {groupHeading(kind, keyType)}
      </Typography>
      {kind === "tiered" ? <PoolList {...props} /> : <OneList {...props} />}
      {groupProblem !== undefined && <Alert severity="error">{groupProblem}</Alert>}
    </Box>
  );
}

function OneList(props: EndpointGroupSectionProps) {
  const { keyType, kind, group, stored, problems, newUrls, newUrlProblem } = props;
  const { addEndpoint, typeNewUrl } = useEndpointsFormActions();
  const newUrl = newUrls[newUrlPlace(keyType, undefined)] ?? "";
  const { endpoints } = group;
  return (
    <>
      <AddEndpointField
        group={group}
        value={newUrl}
        problem={newUrl.trim() === "" ? undefined : newUrlProblem}
        onChange={(url) => typeNewUrl(keyType, undefined, url)}
        onAdd={(url) => addEndpoint(keyType, undefined, url)}
      />
      {isBlankGroup(group) ? (
        <Typography variant="body2" color="textSecondary">
          No endpoint yet. Type the first one&apos;s URL above and press +.
        </Typography>
      ) : (
        <Box>
          <MemberList {...{ keyType, kind, group }}>
            {(keepReason, keyboardHelpId) => (
              <MemberRows
                {...{ keyType, kind, endpoints, stored, problems, keepReason, keyboardHelpId }}
                label={groupHeading(kind, keyType)}
                offset={0}
                count={endpoints.length}
              />
            )}
          </MemberList>
        </Box>
      )}
    </>
  );
}
