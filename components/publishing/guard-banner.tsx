"use client";

import dynamic from "next/dynamic";

/**
 * What the guard has to say comes after the page it stands on: few APIs are guarded, and a boundary in what the
 * server renders would hold up the forms below it.
 */
export const GuardBanner = dynamic(() => import("./guard-notice.tsx").then((module) => module.GuardNotice), {
  ssr: false,
});
