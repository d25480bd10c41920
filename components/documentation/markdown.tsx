"use client";

import Alert from "@mui/material/Alert";
import Box from "@mui/material/Box";
import { memo, useMemo } from "react";
import { markdownElements } from "./markdown-elements.ts";
import { readMarkdown } from "./read-markdown.ts";

/** A document as it is read. It is loaded after the page: reading Markdown takes a script of its own. */
export default memo(function Markdown({ text }: { text: string }) {
  const { elements, isCut } = useMemo(() => markdownElements(readMarkdown(text)), [text]);
  return (
    <>
      <Box sx={looks}>{elements}</Box>
      {isCut && (
        <Alert severity="info" sx={{ mt: 2 }}>
          This document is longer than can be shown here. The rest of it is left out.
        </Alert>
      )}
    </>
  );
});

const looks = {
  overflowWrap: "anywhere",
  lineHeight: 1.6,
  "& > :first-of-type": { mt: 0 },
  "& h2, & h3, & h4, & h5, & h6": { mt: 3, mb: 1, lineHeight: 1.3 },
  "& h2": { typography: "h5" },
  "& h3": { typography: "h6" },
  "& h4, & h5, & h6": { typography: "subtitle1" },
  "& p, & ul, & ol, & blockquote, & pre, & [role=region]": { mt: 0, mb: 2 },
  // The box of a task stands for its mark.
  "& li:has(> input:first-child)": { listStyle: "none" },
  "& a": { color: "primary.main" },
  "& code": { fontFamily: "monospace", fontSize: "0.9em", bgcolor: "action.hover", borderRadius: 0.5, px: 0.5 },
  "& pre": { overflow: "auto", bgcolor: "action.hover", borderRadius: 1, p: 2 },
  "& pre code": { bgcolor: "transparent", p: 0, overflowWrap: "normal" },
  "& blockquote": { ml: 0, pl: 2, borderLeft: 4, borderColor: "divider", color: "text.secondary" },
  "& [role=region]": { overflow: "auto" },
  "& table": { borderCollapse: "collapse" },
  "& th, & td": { border: 1, borderColor: "divider", px: 1.5, py: 0.75, overflowWrap: "normal", verticalAlign: "top" },
  "& hr": { border: 0, borderTop: 1, borderColor: "divider", my: 3 },
} as const;
