"use client";

import dynamic from "next/dynamic";

/** Rendered by the server, and listens after the form above it. */
export const CertificatesSection = dynamic(
  () => import("./certificates-accordion.tsx").then((module) => module.CertificatesAccordion),
  { loading: () => null },
);
