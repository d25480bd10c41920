"use client";

import ExpandMore from "@mui/icons-material/ExpandMore";
import Accordion from "@mui/material/Accordion";
import AccordionDetails from "@mui/material/AccordionDetails";
import AccordionSummary from "@mui/material/AccordionSummary";
import Box from "@mui/material/Box";
import Skeleton from "@mui/material/Skeleton";
import Typography from "@mui/material/Typography";
import dynamic from "next/dynamic";
import { useState } from "react";
import { keyTypes } from "@/lib/model/endpoint-config.ts";
import type { DraftProblems } from "./draft-problems.ts";
import { EndpointGroupSection } from "./endpoint-group-section.tsx";
import { EndpointTypeField } from "./endpoint-type-field.tsx";
import { endpointTypeSummaries } from "./endpoint-words.ts";
import type { EndpointsDraft } from "./endpoints-draft.ts";
import type { NewUrls } from "./new-urls.ts";

// What only tells of the draft comes after the fields. Nothing that can be pressed is drawn before it listens.
const GroupSettingsSummary = dynamic(
  () => import("./group-settings-summary.tsx").then((module) => module.GroupSettingsSummary),
  { ssr: false, loading: () => <Skeleton variant="rounded" height={120} role="img" aria-label="The settings come" /> },
);
const Wso2LossesNotice = dynamic(() => import("./wso2-losses-notice.tsx").then((module) => module.Wso2LossesNotice), {
  loading: () => null,
});

type GroupConfigurationsProps = {
  draft: EndpointsDraft;
  stored: EndpointsDraft;
  problems: DraftProblems;
  newUrls: NewUrls;
  newUrlProblem: string | undefined;
};

/** Load balance and Failover Configurations: the Endpoint Type, and a list for each key type that is enabled. */
export function GroupConfigurations({ draft, stored, problems, newUrls, newUrlProblem }: GroupConfigurationsProps) {
  const [isOpen, setOpen] = useState(draft.kind !== "single");
  const { kind } = draft;
  // A problem that nobody can see cannot be corrected.
  const holdsProblem = kind !== "single" && hasProblem(problems, newUrlProblem);
  return (
    <Accordion
      variant="outlined"
      disableGutters
      expanded={isOpen || holdsProblem}
      onChange={(_, open) => setOpen(open)}
      sx={{ borderRadius: 1, "&::before": { display: "none" } }}
    >
      <AccordionSummary expandIcon={<ExpandMore />}>
        <Box component="span" sx={{ display: "flex", flexWrap: "wrap", columnGap: 2, alignItems: "baseline" }}>
          <Typography component="span" variant="h6">
            Load balance and Failover Configurations
          </Typography>
          <Typography component="span" variant="body2" color="textSecondary">
            {endpointTypeSummaries[kind]}
          </Typography>
        </Box>
      </AccordionSummary>
      <AccordionDetails sx={{ display: "grid", gap: 3 }}>
        <EndpointTypeField draft={draft} problem={problems.session} />
        {kind !== "single" &&
          keyTypes
            .filter((keyType) => draft[keyType].enabled)
            .map((keyType) => (
              <EndpointGroupSection
                key={keyType}
                {...{ keyType, kind, problems }}
                group={draft[keyType]}
                stored={stored[keyType]}
                {...{ newUrls, newUrlProblem }}
              />
            ))}
        <GroupSettingsSummary draft={draft} />
        <Wso2LossesNotice draft={draft} />
      </AccordionDetails>
    </Accordion>
  );
}

function hasProblem(problems: DraftProblems, newUrlProblem: string | undefined): boolean {
  const { groups, urls, weights, settings, pools, session } = problems;
  const some = Object.keys(groups).length + urls.size + weights.size + settings.size + pools.size > 0;
  return some || session !== undefined || newUrlProblem !== undefined;
}
