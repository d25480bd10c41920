import ArrowBackIcon from "@mui/icons-material/ArrowBack";
import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import Card from "@mui/material/Card";
import Typography from "@mui/material/Typography";
import type { ReactNode } from "react";
import { StateLabel } from "@/components/admin/state-label.tsx";
import { CopyButton } from "@/components/ui/copy-button.tsx";
import type { DecisionRecord } from "@/lib/model/decision-record.ts";
import {
  answerSentence,
  groupSentence,
  keySentence,
  limitSentence,
  msWords,
  noRetrySentence,
  operationSentence,
  routeSentence,
  securitySentence,
  sessionSentence,
  tokenSentence,
} from "@/lib/model/explain-decision.ts";
import { answerTone, answerWord } from "./answer-tone.ts";
import type { ConfiguredMember } from "./configured-members.ts";
import { RoundStep } from "./round-step.tsx";
import { Timeline, TimelineStep } from "./timeline.tsx";
import { utcInstant } from "./utc-words.ts";

type RequestStoryProps = {
  apiId: string;
  record: DecisionRecord;
  /** Where the gateway that served it runs. */
  host: string;
  /** The group as it is configured now. */
  members: readonly ConfiguredMember[];
};

/** One request from its route to its answer: what the gateway looked at, did, and left. */
export function RequestStory({ apiId, record, host, members }: RequestStoryProps) {
  const {
    method,
    path,
    isPathCut,
    operation,
    key,
    token,
    limit,
    group,
    endpointSecurity,
    session,
    rounds,
    noRetry,
    answer,
    leftOut,
  } = record;
  return (
    <Card component="section" aria-labelledby="request" sx={{ p: { xs: 2, sm: 3 } }}>
      <Button href={`/apis/${apiId}/requests`} size="small" startIcon={<ArrowBackIcon />} sx={{ mb: 1, ml: -0.5 }}>
        All requests
      </Button>
      <Box sx={{ display: "flex", flexWrap: "wrap", alignItems: "baseline", gap: 2 }}>
        <Typography id="request" component="h2" variant="h6" sx={{ overflowWrap: "anywhere" }}>
          <span className="mono">
            {method} {path}
            {isPathCut && "…"}
          </span>
        </Typography>
        <StateLabel word={answerWord(answer.status, answer.code)} tone={answerTone(answer.status)} />
      </Box>
      <Facts record={record} host={host} />
      <Timeline label="What happened">
        <TimelineStep title="Route">{routeSentence(record)}</TimelineStep>
        {operation && <TimelineStep title="Operation">{operationSentence(operation)}</TimelineStep>}
        {key && (
          <TimelineStep title="Key" tone={key.type === null ? "bad" : "plain"}>
            {keySentence(key, token)}
          </TimelineStep>
        )}
        {token && (
          <TimelineStep title="Token" tone="bad">
            {tokenSentence(token, record.gatewayId)}
          </TimelineStep>
        )}
        {limit && (
          <TimelineStep title="Rate limit" tone={limit.isObserved ? "warning" : "bad"}>
            {limitSentence(limit)}
          </TimelineStep>
        )}
        {group && <TimelineStep title="Group">{groupSentence(group)}</TimelineStep>}
        {endpointSecurity && (
          <TimelineStep title="Endpoint security">{securitySentence(endpointSecurity)}</TimelineStep>
        )}
        {session && (
          <TimelineStep title="Session" tone={session.kind === "none" ? "off" : "plain"}>
            {sessionSentence(session)}
          </TimelineStep>
        )}
        {rounds.map((round, index) => (
          <RoundStep
            key={round.chosen?.id ?? "nobody"}
            record={record}
            round={round}
            turn={index + 1}
            members={members}
          />
        ))}
        {noRetry && (
          <TimelineStep title="No further try" tone="warning">
            {noRetrySentence(noRetry)}
          </TimelineStep>
        )}
        <TimelineStep title="Answer" tone={answerTone(answer.status)} at={`after ${msWords(record.durationMs)}`}>
          {answerSentence(record)}
          {leftOut > 0 && ` ${leftOut} more members and attempts are left out here.`}
        </TimelineStep>
      </Timeline>
    </Card>
  );
}

function Facts({ record, host }: { record: DecisionRecord; host: string }) {
  const { requestId, sameId, at, durationMs } = record;
  return (
    <Box component="dl" sx={{ display: "flex", flexWrap: "wrap", columnGap: 4, rowGap: 1, mt: 1.5, mb: 3 }}>
      <Fact name="X-Request-Id">
        <span className="mono">{requestId}</span>
        <CopyButton label="Copy the X-Request-Id" value={requestId} />
        {sameId !== null && sameId > 1 && <Box component="span">the newest of {sameId} with this id</Box>}
      </Fact>
      <Fact name="Arrived">{utcInstant(at)}</Fact>
      <Fact name="Took">{msWords(durationMs)}</Fact>
      <Fact name="Gateway">{host}</Fact>
    </Box>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <Typography component="dt" variant="caption" color="textSecondary">
        {name}
      </Typography>
      <Box
        component="dd"
        sx={{
          m: 0,
          minHeight: 30,
          display: "flex",
          flexWrap: "wrap",
          alignItems: "center",
          gap: 0.5,
          overflowWrap: "anywhere",
        }}
      >
        {children}
      </Box>
    </div>
  );
}
