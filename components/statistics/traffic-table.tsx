import Box from "@mui/material/Box";
import Table from "@mui/material/Table";
import TableBody from "@mui/material/TableBody";
import TableCell from "@mui/material/TableCell";
import TableHead from "@mui/material/TableHead";
import TableRow from "@mui/material/TableRow";
import { ScrollRegion } from "@/components/admin/scroll-region.tsx";
import type { ApiStatistics } from "@/lib/model/api-statistics.ts";
import { durationText, endpointName, pointTime, shareText } from "./traffic-words.ts";

/** What the charts draw, as numbers: times with requests, the newest first, and the share of each endpoint. */
export function TrafficTable({ statistics }: { statistics: ApiStatistics }) {
  const points = statistics.points.filter(({ requests }) => requests > 0).reverse();
  return (
    <Box sx={{ display: "grid", gap: 2 }}>
      <ScrollRegion label="Requests by time">
        <Table size="small">
          <TableHead>
            <TableRow>
              <TableCell>From</TableCell>
              <TableCell align="right">Requests</TableCell>
              <TableCell align="right">4xx</TableCell>
              <TableCell align="right">5xx</TableCell>
              <TableCell align="right">Median</TableCell>
              <TableCell align="right">95 %</TableCell>
              <TableCell align="right">99 %</TableCell>
            </TableRow>
          </TableHead>
          <TableBody>
            {points.map((point) => (
              <TableRow key={point.at}>
                <TableCell component="th" scope="row">
                  {pointTime(point.at)}
                </TableCell>
                <TableCell align="right">{point.requests.toLocaleString("en")}</TableCell>
                <TableCell align="right">{point.clientErrors.toLocaleString("en")}</TableCell>
                <TableCell align="right">{point.serverErrors.toLocaleString("en")}</TableCell>
                <TableCell align="right">{durationText(point.p50Ms)}</TableCell>
                <TableCell align="right">{durationText(point.p95Ms)}</TableCell>
                <TableCell align="right">{durationText(point.p99Ms)}</TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      </ScrollRegion>
      {statistics.endpoints.length > 0 && (
        <ScrollRegion label="Requests by endpoint">
          <Table size="small">
            <TableHead>
              <TableRow>
                <TableCell>Endpoint</TableCell>
                <TableCell align="right">Requests</TableCell>
                <TableCell align="right">Share</TableCell>
                <TableCell align="right">Failed</TableCell>
              </TableRow>
            </TableHead>
            <TableBody>
              {statistics.endpoints.map((endpoint) => (
                <TableRow key={`${endpoint.keyType} ${endpoint.endpointId}`}>
                  <TableCell component="th" scope="row" sx={{ overflowWrap: "anywhere" }}>
                    {endpointName(endpoint)}
                  </TableCell>
                  <TableCell align="right">{endpoint.requests.toLocaleString("en")}</TableCell>
                  <TableCell align="right">{shareText(endpoint.requests, statistics.total.requests)}</TableCell>
                  <TableCell align="right">{shareText(endpoint.failures, endpoint.requests)}</TableCell>
                </TableRow>
              ))}
            </TableBody>
          </Table>
        </ScrollRegion>
      )}
    </Box>
  );
}
