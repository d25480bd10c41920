"use client";

import DownloadIcon from "@mui/icons-material/Download";
import Alert from "@mui/material/Alert";
import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import Typography from "@mui/material/Typography";
import { formatByteSize } from "@/lib/model/byte-size.ts";
import { maxShownBytes, type TryOutAnswer } from "@/lib/model/try-out.ts";
import { bodyOctets, shownBody } from "./answer-body.ts";
import { JsonTree } from "./json-tree.tsx";

type Answered = Extract<TryOutAnswer, { kind: "answered" }>;

/** The body of an answer as what it is: a tree, text, an image, or a file to download. */
export function AnswerBodyView({ answer }: { answer: Answered }) {
  const { body, bodyBytes, isCut } = answer;
  const contentType = answer.headers.find(([name]) => name.toLowerCase() === "content-type")?.[1] ?? "";
  const shown = shownBody(body, contentType, isCut);

  function download(): void {
    const url = URL.createObjectURL(new Blob([bodyOctets(body)], { type: "application/octet-stream" }));
    const link = document.createElement("a");
    link.href = url;
    link.download = "answer";
    link.click();
    URL.revokeObjectURL(url);
  }

  if (shown.kind === "none") return <Typography color="textSecondary">The answer has no body.</Typography>;
  return (
    <Box sx={{ display: "grid", gap: 1.5, minWidth: 0 }}>
      <Box sx={{ display: "flex", flexWrap: "wrap", gap: 2, alignItems: "center" }}>
        <Typography variant="body2" color="textSecondary">
          {formatByteSize(bodyBytes)} {contentType}
        </Typography>
        <Button size="small" startIcon={<DownloadIcon />} onClick={download}>
          Download
        </Button>
      </Box>
      {isCut && (
        <Alert severity="info">The first {formatByteSize(maxShownBytes)} are shown; the answer is longer.</Alert>
      )}
      {shown.kind === "json" && <JsonTree value={shown.value} />}
      {shown.kind === "text" && (
        <Box
          component="pre"
          className="mono"
          tabIndex={0}
          sx={{ m: 0, fontSize: 13, maxHeight: 480, overflow: "auto" }}
        >
          {shown.text}
        </Box>
      )}
      {shown.kind === "image" && (
        // biome-ignore lint/performance/noImgElement: the image is here already, there is nothing to optimise.
        <img src={shown.dataUrl} alt="What the endpoint answered" style={{ maxWidth: "100%", justifySelf: "start" }} />
      )}
      {shown.kind === "binary" && (
        <Typography color="textSecondary">This is neither text nor an image: download it to look at it.</Typography>
      )}
    </Box>
  );
}
