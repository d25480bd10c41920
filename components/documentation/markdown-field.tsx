"use client";

import Box from "@mui/material/Box";
import Paper from "@mui/material/Paper";
import Tab from "@mui/material/Tab";
import Tabs from "@mui/material/Tabs";
import TextField from "@mui/material/TextField";
import Typography from "@mui/material/Typography";
import { useDeferredValue, useId, useState } from "react";
import { MarkdownView } from "./markdown-view.tsx";

type MarkdownFieldProps = { value: string; error: string | undefined; onChange: (text: string) => void };

/** Markdown and what it looks like: beside each other, or on small screens one behind the other. */
export function MarkdownField({ value, error, onChange }: MarkdownFieldProps) {
  const [shown, setShown] = useState<"write" | "preview">("write");
  const previewId = useId();
  // Drawing a long document must not hold up typing.
  const drawn = useDeferredValue(value);
  const onSmall = (panel: typeof shown) => ({ xs: panel === shown ? "block" : "none", md: "block" });
  return (
    <div>
      <Tabs
        value={shown}
        onChange={(_, next: typeof shown) => setShown(next)}
        aria-label="Write or preview"
        sx={{ display: { md: "none" }, mb: 2 }}
      >
        <Tab value="write" label="Write" />
        <Tab value="preview" label="Preview" />
      </Tabs>
      <Box
        sx={{ display: "grid", gap: 2, gridTemplateColumns: { xs: "minmax(0, 1fr)", md: "repeat(2, minmax(0, 1fr))" } }}
      >
        <TextField
          label="Content"
          multiline
          minRows={18}
          maxRows={40}
          value={value}
          onChange={(event) => onChange(event.target.value)}
          error={error !== undefined}
          helperText={error ?? "Markdown: headings, lists, tables, code and links. HTML is shown as text."}
          slotProps={{ htmlInput: { className: "mono", spellCheck: true } }}
          sx={{ display: onSmall("write") }}
          fullWidth
        />
        <Box component="section" aria-labelledby={previewId} sx={{ display: onSmall("preview"), minWidth: 0 }}>
          <Typography id={previewId} variant="caption" component="h2" color="textSecondary">
            Preview
          </Typography>
          <Paper
            variant="outlined"
            sx={{ p: 2, maxHeight: 980, overflow: "auto" }}
            tabIndex={0}
            role="region"
            aria-labelledby={previewId}
          >
            {drawn.trim() === "" ? (
              <Typography color="textSecondary">What you write appears here.</Typography>
            ) : (
              <MarkdownView text={drawn} />
            )}
          </Paper>
        </Box>
      </Box>
    </div>
  );
}
