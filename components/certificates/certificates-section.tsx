"use client";

import Skeleton from "@mui/material/Skeleton";
import dynamic from "next/dynamic";
import type { CertificatesAccordionProps } from "./certificates-accordion.tsx";

// Comes after the form above it. Nothing that can be pressed is drawn before it listens.
const CertificatesAccordion = dynamic(
  () => import("./certificates-accordion.tsx").then((module) => module.CertificatesAccordion),
  {
    ssr: false,
    loading: () => <Skeleton variant="rounded" height={48} role="img" aria-label="Certificates come" sx={{ mt: 2 }} />,
  },
);

/** Where links to an API's certificates lead, from the beginning. */
export function CertificatesSection(props: CertificatesAccordionProps) {
  return (
    <div id="certificates">
      <CertificatesAccordion {...props} />
    </div>
  );
}
