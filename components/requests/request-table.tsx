import Box from "@mui/material/Box";
import Link from "@mui/material/Link";
import Table from "@mui/material/Table";
import TableBody from "@mui/material/TableBody";
import TableCell from "@mui/material/TableCell";
import TableHead from "@mui/material/TableHead";
import TableRow from "@mui/material/TableRow";
import { ScrollRegion } from "@/components/admin/scroll-region.tsx";
import { StateLabel } from "@/components/admin/state-label.tsx";
import { RelativeTime } from "@/components/ui/relative-time.tsx";
import { msWords } from "@/lib/model/explain-decision.ts";
import type { RequestLine, RequestList } from "@/lib/model/request-line.ts";
import { answerTone, answerWord } from "./answer-tone.ts";

/** Shown from this width on; smaller screens have them in the explanation. */
const wide = { display: { xs: "none", md: "table-cell" } } as const;
const quiet = { display: "block", typography: "caption", color: "text.secondary" } as const;
/** On small screens the time stands below the answer. */
const narrow = { ...quiet, display: { xs: "block", sm: "none" } } as const;
const notNarrow = { display: { xs: "none", sm: "table-cell" } } as const;

type TableProps = Pick<RequestList, "requests" | "gateways"> & { apiId: string };

/** Requests as lines, each leading to its explanation. */
export function RequestTable({ apiId, requests, gateways }: TableProps) {
  const hosts = new Map(gateways.map(({ id, host }) => [id, host]));
  return (
    <ScrollRegion label="Requests">
      <Table size="small">
        <TableHead>
          <TableRow>
            <TableCell>Request</TableCell>
            <TableCell>Answer</TableCell>
            <TableCell sx={wide}>Endpoint</TableCell>
            <TableCell sx={wide} align="right">
              Took
            </TableCell>
            <TableCell sx={notNarrow}>When</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {requests.map((request) => (
            <RequestRow
              key={`${request.gatewayId} ${request.at} ${request.requestId}`}
              apiId={apiId}
              host={hosts.get(request.gatewayId) ?? request.gatewayId}
              {...request}
            />
          ))}
        </TableBody>
      </Table>
    </ScrollRegion>
  );
}

function RequestRow({ apiId, host, ...request }: RowProps) {
  const { requestId, at, method, path, status, code, reason, durationMs, tried, origin } = request;
  return (
    <TableRow hover>
      <TableCell component="th" scope="row" sx={{ minWidth: 180, maxWidth: 420 }}>
        <Box component="span" className="mono" sx={{ display: "block", overflowWrap: "anywhere" }}>
          {method} {path}
        </Box>
        <Link
          href={`/apis/${apiId}/requests?${new URLSearchParams({ id: requestId })}`}
          variant="caption"
          sx={{ overflowWrap: "anywhere" }}
        >
          <span className="mono">{requestId}</span>
        </Link>
      </TableCell>
      <TableCell>
        <StateLabel word={answerWord(status, code)} tone={answerTone(status)} />
        {reason !== null && (
          <Box component="span" sx={{ ...quiet, minWidth: 140, overflowWrap: "anywhere" }}>
            {reason}
          </Box>
        )}
        <Box component="span" sx={narrow}>
          <RelativeTime date={new Date(at)} /> at {host}
        </Box>
      </TableCell>
      <TableCell sx={wide}>
        <Box component="span" className="mono">
          {origin ?? "none"}
        </Box>
        {tried > 1 && (
          <Box component="span" sx={quiet}>
            after {tried - 1} other{tried === 2 ? "" : "s"}
          </Box>
        )}
      </TableCell>
      <TableCell sx={{ ...wide, whiteSpace: "nowrap" }} align="right">
        {msWords(durationMs)}
      </TableCell>
      <TableCell sx={notNarrow}>
        <RelativeTime date={new Date(at)} />
        <Box component="span" sx={{ ...quiet, overflowWrap: "anywhere" }}>
          at {host}
        </Box>
      </TableCell>
    </TableRow>
  );
}

type RowProps = RequestLine & { apiId: string; host: string };
