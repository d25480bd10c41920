"use client";

import CheckIcon from "@mui/icons-material/Check";
import ContentCopyIcon from "@mui/icons-material/ContentCopy";
import IconButton from "@mui/material/IconButton";
import Tooltip from "@mui/material/Tooltip";
import { useEffect, useState } from "react";
import { useNotify } from "./notify.tsx";

const shownMs = 1_500;

/** Copies a text, and shows for a moment that it did. */
export function CopyButton({ label, value }: { label: string; value: string }) {
  const notify = useNotify();
  const [isCopied, setCopied] = useState(false);
  useEffect(() => {
    if (!isCopied) return;
    const timer = setTimeout(() => setCopied(false), shownMs);
    return () => clearTimeout(timer);
  }, [isCopied]);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(value);
      setCopied(true);
    } catch {
      notify.error("The browser did not allow copying: select the text and copy it by hand.");
    }
  };
  return (
    <Tooltip title={isCopied ? "Copied" : label}>
      <IconButton aria-label={label} size="small" onClick={copy}>
        {isCopied ? <CheckIcon fontSize="small" color="success" /> : <ContentCopyIcon fontSize="small" />}
      </IconButton>
    </Tooltip>
  );
}
