"use client";

import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import Popover from "@mui/material/Popover";
import Table from "@mui/material/Table";
import TableBody from "@mui/material/TableBody";
import TableCell from "@mui/material/TableCell";
import TableHead from "@mui/material/TableHead";
import TableRow from "@mui/material/TableRow";
import { useState } from "react";
import { StateLabel } from "@/components/admin/state-label.tsx";
import { Countdown } from "./countdown.tsx";
import { errorWords, stateWords } from "./live-words.ts";
import type { MemberLive } from "./member-live.ts";

/** How an endpoint is at each gateway, on demand. */
export function GatewayBreakdown({ member, name }: { member: MemberLive; name: string }) {
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  return (
    <>
      <Button
        size="small"
        variant="text"
        aria-haspopup="dialog"
        aria-label={`How ${name} is at each of ${member.gateways.length} gateways`}
        onClick={(event) => setAnchor(event.currentTarget)}
      >
        {member.gateways.length} gateways
      </Button>
      <Popover
        open={anchor !== null}
        anchorEl={anchor}
        onClose={() => setAnchor(null)}
        anchorOrigin={{ vertical: "bottom", horizontal: "left" }}
        slotProps={{ paper: { role: "dialog", "aria-label": `How ${name} is at each gateway` } }}
      >
        <Box sx={{ overflowX: "auto", maxWidth: "90vw" }}>
          <Table size="small">
            <TableHead>
              <TableRow>
                <TableCell>Gateway</TableCell>
                <TableCell>State</TableCell>
                <TableCell align="right">Calls</TableCell>
                <TableCell align="right">Failed</TableCell>
                <TableCell>Last error</TableCell>
              </TableRow>
            </TableHead>
            <TableBody>
              {member.gateways.map(({ host, state, until, requests, failures, lastError }) => (
                <TableRow key={host}>
                  <TableCell component="th" scope="row" className="mono">
                    {host}
                  </TableCell>
                  <TableCell>
                    <StateLabel word={stateWords[state].word} tone={stateWords[state].tone} />{" "}
                    {until !== undefined && <Countdown until={until} before="for" after="until the next call" />}
                  </TableCell>
                  <TableCell align="right">{requests.toLocaleString("en-US")}</TableCell>
                  <TableCell align="right">{failures.toLocaleString("en-US")}</TableCell>
                  <TableCell>{lastError ? errorWords(lastError) : "None"}</TableCell>
                </TableRow>
              ))}
            </TableBody>
          </Table>
        </Box>
      </Popover>
    </>
  );
}
