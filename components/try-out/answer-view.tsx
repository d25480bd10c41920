"use client";

import Alert from "@mui/material/Alert";
import Box from "@mui/material/Box";
import Link from "@mui/material/Link";
import Table from "@mui/material/Table";
import TableBody from "@mui/material/TableBody";
import TableCell from "@mui/material/TableCell";
import TableRow from "@mui/material/TableRow";
import Typography from "@mui/material/Typography";
import dynamic from "next/dynamic";
import { ScrollRegion } from "@/components/admin/scroll-region.tsx";
import { StateLabel } from "@/components/admin/state-label.tsx";
import { answerTone } from "@/components/requests/answer-tone.ts";
import { msWords } from "@/lib/model/explain-decision.ts";
import type { TryOutAnswer, TryOutDecision } from "@/lib/model/try-out.ts";
import { endpointMs } from "./endpoint-time.ts";
import { TimeSplit } from "./time-split.tsx";

const AnswerBodyView = dynamic(() => import("./answer-body-view.tsx").then((module) => module.AnswerBodyView), {
  loading: () => null,
});

/** What came back: status, times, who answered, headers and body. */
export function AnswerView({ apiId, answer }: { apiId: string; answer: TryOutAnswer }) {
  if (answer.kind === "unreachable") return <Alert severity="error">{answer.message}</Alert>;
  const { status, headers, totalMs, headMs, decision } = answer;
  const requestId = headers.find(([name]) => name.toLowerCase() === "x-request-id")?.[1];
  return (
    <Box sx={{ display: "grid", gap: 3, minWidth: 0 }}>
      <Box sx={{ display: "flex", flexWrap: "wrap", gap: 2, alignItems: "baseline" }}>
        <Typography component="p" variant="h6">
          <StateLabel word={`${status} ${statusWords[status] ?? ""}`.trim()} tone={answerTone(status)} />
        </Typography>
        <Typography color="textSecondary">
          {msWords(totalMs)}, first byte after {msWords(headMs)}
        </Typography>
      </Box>
      <TimeSplit totalMs={totalMs} endpointMs={endpointMs(decision)} />
      {decision && <Way decision={decision} />}
      {requestId !== undefined && (
        <Link href={`/apis/${apiId}/requests?id=${encodeURIComponent(requestId)}`}>Why it went where it went</Link>
      )}
      <Box component="section" aria-label="Body of the answer" sx={{ minWidth: 0 }}>
        <Typography variant="subtitle2" component="h3" sx={{ mb: 1 }}>
          Body
        </Typography>
        <AnswerBodyView answer={answer} />
      </Box>
      <Box component="section" aria-label="Headers of the answer" sx={{ minWidth: 0 }}>
        <Typography variant="subtitle2" component="h3" sx={{ mb: 1 }}>
          Headers
        </Typography>
        <ScrollRegion label="Headers">
          <Table size="small">
            <TableBody>
              {headers
                .filter(([name]) => name.toLowerCase() !== "x-fairlead-decision")
                .map(([name, value], index) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: a name may come twice, and the list never changes.
                  <TableRow key={index}>
                    <TableCell component="th" scope="row" sx={{ whiteSpace: "nowrap" }}>
                      {name}
                    </TableCell>
                    <TableCell className="mono" sx={{ overflowWrap: "anywhere", minWidth: 120 }}>
                      {value}
                    </TableCell>
                  </TableRow>
                ))}
            </TableBody>
          </Table>
        </ScrollRegion>
      </Box>
    </Box>
  );
}

/** Endpoints in the order in which they were tried. */
function Way({ decision }: { decision: TryOutDecision }) {
  return (
    <Box component="ol" aria-label="Endpoints that were tried" sx={{ m: 0, pl: 2.5, display: "grid", gap: 0.5 }}>
      {decision.rounds.map((round, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: turns have their order and nothing else.
        <Typography component="li" variant="body2" key={index} sx={{ overflowWrap: "anywhere" }}>
          <span className="mono">{round.origin ?? "no endpoint was ready"}</span>
          {round.attempts.map(({ outcome, ms }) => ` — ${outcome ?? "no answer"} after ${msWords(ms)}`).join("")}
          {round.passedBy.length > 0 && `, ${round.passedBy.length} passed by`}
        </Typography>
      ))}
    </Box>
  );
}

const statusWords: Readonly<Record<number, string>> = {
  200: "OK",
  201: "Created",
  202: "Accepted",
  204: "No Content",
  301: "Moved Permanently",
  302: "Found",
  304: "Not Modified",
  400: "Bad Request",
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not Found",
  405: "Method Not Allowed",
  409: "Conflict",
  413: "Content Too Large",
  415: "Unsupported Media Type",
  422: "Unprocessable Content",
  429: "Too Many Requests",
  500: "Internal Server Error",
  502: "Bad Gateway",
  503: "Service Unavailable",
  504: "Gateway Timeout",
};
