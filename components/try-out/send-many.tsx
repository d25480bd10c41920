"use client";

import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import LinearProgress from "@mui/material/LinearProgress";
import Table from "@mui/material/Table";
import TableBody from "@mui/material/TableBody";
import TableCell from "@mui/material/TableCell";
import TableHead from "@mui/material/TableHead";
import TableRow from "@mui/material/TableRow";
import Typography from "@mui/material/Typography";
import dynamic from "next/dynamic";
import { ScrollRegion } from "@/components/admin/scroll-region.tsx";
import { msWords } from "@/lib/model/explain-decision.ts";
import { manyCount, memberResults, type OneResult } from "./many-results.ts";

const ManyChart = dynamic(() => import("./many-chart.tsx").then((module) => module.ManyChart), { ssr: false });

type SendManyProps = { results: readonly OneResult[]; isRunning: boolean; onAbort: () => void };

/** Which members answered many requests, how many each, and how fast. */
export function SendMany({ results, isRunning, onAbort }: SendManyProps) {
  const members = memberResults(results);
  return (
    <Box component="section" aria-label="Many requests" sx={{ display: "grid", gap: 2, minWidth: 0 }}>
      <Box sx={{ display: "flex", gap: 2, alignItems: "center" }}>
        <Typography role="status" sx={{ flex: 1 }}>
          {isRunning ? `${results.length} of ${manyCount} sent` : `${results.length} requests were answered`}
        </Typography>
        {isRunning && (
          <Button size="small" onClick={onAbort}>
            Stop
          </Button>
        )}
      </Box>
      {isRunning && (
        <LinearProgress variant="determinate" value={(results.length / manyCount) * 100} aria-label="Requests sent" />
      )}
      {results.length > 0 && (
        <>
          <ScrollRegion label="Who answered">
            <Table size="small" sx={{ "& th, & td": { px: 1 } }}>
              <TableHead>
                <TableRow>
                  <TableCell>Answered by</TableCell>
                  <TableCell align="right">Requests</TableCell>
                  <TableCell>Share</TableCell>
                  <TableCell align="right">Median</TableCell>
                  <TableCell align="right">Slowest</TableCell>
                  <TableCell>Statuses</TableCell>
                </TableRow>
              </TableHead>
              <TableBody>
                {members.map(({ name, count, medianMs, slowestMs, statuses }) => (
                  <TableRow key={name}>
                    <TableCell component="th" scope="row" className="mono">
                      {name}
                    </TableCell>
                    <TableCell align="right">{count}</TableCell>
                    <TableCell>
                      <Box sx={{ display: "flex", alignItems: "center", gap: 1, minWidth: 84, whiteSpace: "nowrap" }}>
                        <Box aria-hidden sx={{ flex: 1, height: 8, borderRadius: 1, bgcolor: "action.hover" }}>
                          <Box
                            sx={{
                              width: `${(count / results.length) * 100}%`,
                              height: 1,
                              borderRadius: 1,
                              bgcolor: "primary.main",
                            }}
                          />
                        </Box>
                        {Math.round((count / results.length) * 100)} %
                      </Box>
                    </TableCell>
                    <TableCell align="right" sx={{ whiteSpace: "nowrap" }}>
                      {msWords(medianMs)}
                    </TableCell>
                    <TableCell align="right" sx={{ whiteSpace: "nowrap" }}>
                      {msWords(slowestMs)}
                    </TableCell>
                    <TableCell>{statuses}</TableCell>
                  </TableRow>
                ))}
              </TableBody>
            </Table>
          </ScrollRegion>
          <ManyChart results={results} />
        </>
      )}
    </Box>
  );
}
