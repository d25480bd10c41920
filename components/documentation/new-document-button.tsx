"use client";

import AddIcon from "@mui/icons-material/Add";
import Button from "@mui/material/Button";
import Link from "next/link";
import { WhenPermitted } from "@/components/ui/when-permitted.tsx";

/** Leads to a new document, where one may be written. */
export function NewDocumentButton({ apiId }: { apiId: string }) {
  return (
    <WhenPermitted>
      <Button component={Link} href={`/apis/${apiId}/documents/new`} variant="contained" startIcon={<AddIcon />}>
        New document
      </Button>
    </WhenPermitted>
  );
}
