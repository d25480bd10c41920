"use client";

import dynamic from "next/dynamic";

/** Comes after the page it stands on, as the guard's banner does, and for the same reasons. */
export const RefusedScheduleBanner = dynamic(
  () => import("./refused-schedule-alert.tsx").then((module) => module.RefusedScheduleAlert),
  { ssr: false },
);
