"use client";

import dynamic from "next/dynamic";

/** Rendered by the server, and listens after the page around it: until then there is nothing new to tell. */
export const LiveStatus = dynamic(() => import("./live-status-line.tsx").then((module) => module.LiveStatusLine), {
  loading: () => null,
});
