import Box from "@mui/material/Box";
import type { ReactNode } from "react";
import type { AttemptRecord, DecisionRecord, DecisionRound } from "@/lib/model/decision-record.ts";
import { attemptTimes, attemptWords, chosenWords, msWords, passedByReasonWords } from "@/lib/model/explain-decision.ts";
import type { ConfiguredMember } from "./configured-members.ts";
import { MemberName } from "./member-name.tsx";
import { type StepTone, TimelineStep } from "./timeline.tsx";
import { utcTime } from "./utc-words.ts";

type RoundStepProps = {
  record: DecisionRecord;
  round: DecisionRound;
  /** 1 for the first one. */
  turn: number;
  members: readonly ConfiguredMember[];
};

/** One turn of choosing: whom it passed by, whom it took, and what came of it. */
export function RoundStep({ record, round, turn, members }: RoundStepProps) {
  const { chosen, passedBy, attempts, atMs } = round;
  return (
    <TimelineStep
      title={turn === 1 ? "Choosing an endpoint" : "Choosing another endpoint"}
      tone={roundTone(round)}
      at={`after ${msWords(atMs)}`}
    >
      <Box component="ul" sx={{ listStyle: "none", m: 0, mt: 0.5, p: 0, display: "grid", gap: 1 }}>
        {passedBy.map(({ endpoint, reason, until }) => (
          <Line key={endpoint.id} shape="○" color="text.secondary">
            <MemberName endpoint={endpoint} members={members} /> passed by:{" "}
            {passedByReasonWords(reason, until, utcTime)}
          </Line>
        ))}
        {chosen ? (
          <Line shape="→" color="primary.main">
            <MemberName endpoint={chosen} members={members} /> chosen: {chosenWords(record, round)}
          </Line>
        ) : (
          <Line shape="■" color="error.main">
            No endpoint could be had.
          </Line>
        )}
        {attempts.map((attempt, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: attempts have no names of their own, and never change places.
          <AttemptLine key={index} attempt={attempt} isRepeat={index > 0} />
        ))}
      </Box>
      <DurationBar record={record} round={round} />
    </TimelineStep>
  );
}

function AttemptLine({ attempt, isRepeat }: { attempt: AttemptRecord; isRepeat: boolean }) {
  const { shape, color } = attemptMarks[attempt.outcome];
  return (
    <Line shape={shape} color={color}>
      <Box component="span" sx={{ color: "text.primary" }}>
        {isRepeat ? "Tried again on a new connection: it" : "It"} {attemptWords(attempt)}
      </Box>{" "}
      ({attemptTimes(attempt)})
    </Line>
  );
}

const attemptMarks = {
  success: { shape: "●", color: "success.main" },
  "passed-on": { shape: "▲", color: "warning.main" },
  error: { shape: "■", color: "error.main" },
  void: { shape: "○", color: "text.secondary" },
  pending: { shape: "○", color: "text.secondary" },
} as const satisfies Record<AttemptRecord["outcome"], { shape: string; color: string }>;

function Line({ shape, color, children }: { shape: string; color: string; children: ReactNode }) {
  return (
    <Box component="li" sx={{ display: "grid", gridTemplateColumns: "20px 1fr" }}>
      <Box component="span" aria-hidden sx={{ color, fontSize: "0.75em", lineHeight: 2 }}>
        {shape}
      </Box>
      <Box sx={{ minWidth: 0 }}>{children}</Box>
    </Box>
  );
}

/** Where in the whole request this turn lies. The times beside it say the same in words. */
function DurationBar({ record, round }: { record: DecisionRecord; round: DecisionRound }) {
  const total = Math.max(record.durationMs, 0.001);
  const took = round.attempts.reduce((sum, { durationMs }) => sum + durationMs, 0);
  if (took === 0) return null;
  const left = Math.min(100, (round.atMs / total) * 100);
  const width = Math.min(100 - left, (took / total) * 100);
  return (
    <Box aria-hidden sx={{ mt: 1.25, height: 4, borderRadius: 2, bgcolor: "divider", position: "relative" }}>
      <Box
        sx={{
          position: "absolute",
          height: 4,
          borderRadius: 2,
          minWidth: 4,
          bgcolor: roundTone(round) === "good" ? "success.main" : "error.main",
        }}
        style={{ left: `${left}%`, width: `${width}%` }}
      />
    </Box>
  );
}

function roundTone({ chosen, attempts }: DecisionRound): StepTone {
  if (!chosen) return "bad";
  switch (attempts.at(-1)?.outcome) {
    case "success":
      return "good";
    case "passed-on":
      return "warning";
    case "error":
      return "bad";
    default:
      return "off";
  }
}
