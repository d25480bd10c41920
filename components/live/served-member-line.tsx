"use client";

import Box from "@mui/material/Box";
import Skeleton from "@mui/material/Skeleton";
import Tooltip from "@mui/material/Tooltip";
import { StateLabel } from "@/components/admin/state-label.tsx";
import { RelativeTime } from "@/components/ui/relative-time.tsx";
import { WhenPermitted } from "@/components/ui/when-permitted.tsx";
import { Countdown } from "./countdown.tsx";
import { GatewayBreakdown } from "./gateway-breakdown.tsx";
import { type useLive, useLiveStatus, useMemberLive } from "./live-provider.tsx";
import { callsInWords, errorWords, stateMeanings, stateWords } from "./live-words.ts";
import type { MemberLive } from "./member-live.ts";
import type { MemberLiveLineProps } from "./member-live-line.tsx";
import { MinuteBars } from "./minute-bars.tsx";
import { SwitchMenu } from "./switch-menu.tsx";

type ServedMemberLineProps = MemberLiveLineProps & { live: NonNullable<ReturnType<typeof useLive>> };

/** How an endpoint is at the gateways that serve it, and the switches for it. */
export function ServedMemberLine({ live, keyType, endpointId, name }: ServedMemberLineProps) {
  const member = useMemberLive(live, keyType, endpointId);
  const { connection, live: document } = useLiveStatus(live.store);
  const isCurrent = connection.kind === "open";
  return (
    <Box role="group" aria-label={`How ${name} is`} sx={{ display: "flex", alignItems: "flex-start", minHeight: 34 }}>
      <Box
        sx={{
          display: "flex",
          flexWrap: "wrap",
          alignItems: "center",
          columnGap: 1.5,
          minWidth: 0,
          minHeight: 34,
          typography: "body2",
          color: "text.secondary",
          fontVariantNumeric: "tabular-nums",
        }}
      >
        {member ? (
          <>
            <MemberState member={member} />
            <MemberTraffic member={member} />
            {member.gateways.length > 1 && <GatewayBreakdown member={member} name={name} />}
            <MemberError member={member} />
          </>
        ) : document === undefined && connection.kind === "connecting" ? (
          <Skeleton width={260} role="img" aria-label="Asking the gateways" />
        ) : document !== undefined && document.endpoints.length > 0 ? (
          <span>Not at the gateways yet: SAVE brings it there.</span>
        ) : null}
      </Box>
      {member && isCurrent && (
        <Box sx={{ ml: "auto" }}>
          <WhenPermitted>
            <SwitchMenu {...{ keyType, endpointId, member, name }} apiId={live.apiId} store={live.store} />
          </WhenPermitted>
        </Box>
      )}
    </Box>
  );
}

function MemberState({ member }: { member: MemberLive }) {
  const { state, until, gateways, switched } = member;
  const { word, tone } = stateWords[state];
  const alike = gateways.filter((gateway) => gateway.state === state).length;
  return (
    <>
      <Tooltip title={stateMeanings[state]}>
        <Box component="span" tabIndex={0} sx={{ color: "text.primary", fontWeight: 500, borderRadius: 0.5 }}>
          <StateLabel word={word} tone={tone} />
        </Box>
      </Tooltip>
      {alike < gateways.length && (
        <span>
          at {alike} of {gateways.length} gateways
        </span>
      )}
      {until !== undefined && (
        <Countdown
          until={until}
          before={state === "warming" ? "full share in" : "next try in"}
          after={state === "warming" ? "full share now" : "tried with the next call"}
        />
      )}
      {switched && (state === "off" || state === "draining") && (
        <span>
          by {switched.actorName}, <RelativeTime date={new Date(switched.at)} />
        </span>
      )}
    </>
  );
}

function MemberTraffic({ member }: { member: MemberLive }) {
  const { minutes, most, requests, failures, share } = member;
  return (
    <Box component="span" sx={{ display: "inline-flex", alignItems: "center", columnGap: 1, flexWrap: "wrap" }}>
      <MinuteBars minutes={minutes} most={most} />
      <Tooltip title="In the last five minutes, tries after a failure included">
        <span>
          {requests === 0 ? "no calls" : callsInWords(requests)}
          {share !== undefined && requests > 0 && ` (${percent(share)})`}
          {failures > 0 && (
            <Box component="span" sx={{ color: "error.main" }}>
              , {failures.toLocaleString("en-US")} failed
            </Box>
          )}
        </span>
      </Tooltip>
    </Box>
  );
}

/** Of an endpoint that is well again, what happened minutes ago is no news. */
function MemberError({ member: { lastError, failures, state } }: { member: MemberLive }) {
  if (!lastError || (failures === 0 && state === "ready")) return null;
  return (
    <Box component="span" sx={{ flexBasis: "100%", overflowWrap: "anywhere" }}>
      Last error: {errorWords(lastError)}, <RelativeTime date={new Date(lastError.at)} />
    </Box>
  );
}

function percent(share: number): string {
  return `${(share * 100).toLocaleString("en-US", { maximumFractionDigits: 0 })} %`;
}
