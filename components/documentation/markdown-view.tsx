"use client";

import Skeleton from "@mui/material/Skeleton";
import dynamic from "next/dynamic";

/** A document as it is read, once what reads it is there. */
export const MarkdownView = dynamic(() => import("./markdown.tsx"), {
  ssr: false,
  loading: () => <Skeleton variant="rounded" height={240} role="status" aria-label="The document is loading" />,
});
