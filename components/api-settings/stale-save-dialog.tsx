"use client";

import dynamic from "next/dynamic";

/** Comes when it is needed, with all that draws a difference: hardly any visit to a form sees it. */
export const StaleSaveDialog = dynamic(
  () => import("./stale-save-question.tsx").then((module) => module.StaleSaveQuestion),
  { loading: () => null },
);
