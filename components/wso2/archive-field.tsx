"use client";

import UploadIcon from "@mui/icons-material/UploadFileOutlined";
import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import Typography from "@mui/material/Typography";
import { type DragEvent, useRef, useState } from "react";

type ArchiveFieldProps = { isReading: boolean; onChoose: (file: File) => void };

/** Where an archive is dropped or chosen. */
export function ArchiveField({ isReading, onChoose }: ArchiveFieldProps) {
  const input = useRef<HTMLInputElement>(null);
  const [isOver, setOver] = useState(false);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    const [file] = event.dataTransfer.files;
    if (file && !isReading) onChoose(file);
  };
  return (
    <Box
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
      sx={{
        ...{ border: "1px dashed", borderRadius: 2, px: 3, py: 6, textAlign: "center", maxWidth: 800 },
        borderColor: isOver ? "primary.main" : "divider",
        bgcolor: isOver ? "action.hover" : "background.paper",
      }}
    >
      <Typography variant="h6" component="h2">
        Drop a zip archive here
      </Typography>
      <Typography color="textSecondary" sx={{ mt: 1, mb: 3, mx: "auto", maxWidth: "60ch" }}>
        A project of apictl 4.x, zipped, or an export of API Manager 3.x or API Cloud. At most 10 MB.
      </Typography>
      <Button variant="contained" startIcon={<UploadIcon />} loading={isReading} onClick={() => input.current?.click()}>
        Choose an archive
      </Button>
      <input
        ref={input}
        hidden
        type="file"
        accept=".zip,application/zip"
        aria-label="Archive"
        onChange={(event) => {
          const file = event.target.files?.[0];
          event.target.value = ""; // The same file may be chosen again after it was mended.
          if (file) onChoose(file);
        }}
      />
    </Box>
  );
}
