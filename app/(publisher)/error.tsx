"use client";

import Button from "@mui/material/Button";
import { EmptyState } from "@/components/ui/empty-state.tsx";

export default function PublisherError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <EmptyState
      title="This page could not be shown"
      description={`Nothing was changed. Try again; if it stays so, the publisher's log tells more${error.digest ? ` under ${error.digest}` : ""}.`}
      action={
        <Button variant="contained" onClick={reset}>
          Try again
        </Button>
      }
    />
  );
}
