"use client";

import Button from "@mui/material/Button";
import NextLink from "next/link";

type CompareLinkProps = {
  /** The page that compares, with what its address keeps beside. */
  path: string;
  from: number;
  to: number;
  /** With what, as it is seen; heard with both numbers. */
  label: string;
};

/** Leads to the difference between two revisions. */
export function CompareLink({ path, from, to, label }: CompareLinkProps) {
  return (
    <Button
      component={NextLink}
      href={`${path}${path.includes("?") ? "&" : "?"}from=${from}&to=${to}#difference`}
      prefetch={false}
      size="small"
      sx={{ minWidth: 0 }}
      aria-label={`${label}: revision ${from} and ${to}`}
    >
      {label}
    </Button>
  );
}
