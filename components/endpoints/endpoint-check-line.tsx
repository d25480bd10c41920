"use client";

import dynamic from "next/dynamic";

/** What a check of an endpoint found; comes when somebody checks one. */
export const EndpointCheckLine = dynamic(
  () => import("./endpoint-check-result.tsx").then((module) => module.EndpointCheckResult),
  { loading: () => null },
);
