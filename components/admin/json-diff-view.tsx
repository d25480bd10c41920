"use client";

import Box from "@mui/material/Box";
import { type DiffLine, lineDiff } from "./line-diff.ts";

type JsonDiffViewProps = { before: string; after: string; beforeTitle: string; afterTitle: string };

/** Two JSON documents side by side, with what differs marked by sign and colour. */
export function JsonDiffView({ before, after, beforeTitle, afterTitle }: JsonDiffViewProps) {
  const lines = lineDiff(before, after);
  return (
    <Box
      role="region"
      aria-label={`${beforeTitle} beside ${afterTitle}, as JSON`}
      tabIndex={0}
      sx={{
        maxHeight: 520,
        overflow: "auto",
        border: 1,
        borderColor: "divider",
        borderRadius: 2,
        bgcolor: "background.paper",
      }}
    >
      <Box
        component="table"
        className="mono"
        sx={{
          borderCollapse: "collapse",
          width: 1,
          minWidth: 720,
          tableLayout: "fixed",
          fontSize: 13,
        }}
      >
        <Box component="thead" sx={{ textAlign: "left" }}>
          <tr>
            <Box component="th" scope="col" sx={{ p: 1 }}>
              {beforeTitle}
            </Box>
            <Box component="th" scope="col" sx={{ p: 1 }}>
              {afterTitle}
            </Box>
          </tr>
        </Box>
        <tbody>
          {lines.map((line, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: lines have no identity but their place.
            <tr key={index}>
              <DiffCell line={line} side="left" />
              <DiffCell line={line} side="right" />
            </tr>
          ))}
        </tbody>
      </Box>
    </Box>
  );
}

const marks = {
  left: { sign: "−", colour: "error" },
  right: { sign: "+", colour: "success" },
} as const;

function DiffCell({ line, side }: { line: DiffLine; side: "left" | "right" }) {
  const text = line[side];
  const { sign, colour } = marks[side];
  const isMarked = line.kind === "changed" && text !== undefined;
  return (
    <Box
      component="td"
      sx={(theme) => ({
        px: 1,
        py: 0.25,
        verticalAlign: "top",
        whiteSpace: "pre-wrap",
        overflowWrap: "anywhere",
        borderLeft: side === "right" ? `1px solid ${(theme.vars ?? theme).palette.divider}` : undefined,
        bgcolor: isMarked
          ? `color-mix(in srgb, ${(theme.vars ?? theme).palette[colour].main} 16%, transparent)`
          : undefined,
      })}
    >
      {text !== undefined && `${isMarked ? sign : " "} ${text}`}
    </Box>
  );
}
