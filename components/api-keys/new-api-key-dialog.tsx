"use client";

import Dialog from "@mui/material/Dialog";
import { useState } from "react";
import type { ApiKey } from "@/lib/model/api-key.ts";
import type { RateTier } from "@/lib/model/rate-limit.ts";
import { ApiKeyOnce } from "./api-key-once.tsx";
import { NewApiKeyForm } from "./new-api-key-form.tsx";

type NewApiKeyDialogProps = {
  open: boolean;
  apiId: string;
  /** Where the API answers at the gateway. */
  url: string;
  tiers: readonly RateTier[];
  onClose: () => void;
  onCreated: () => void;
};

/** Creates a key and then shows it, once. While it is shown only its own button closes the dialog. */
export function NewApiKeyDialog({ open, apiId, url, tiers, onClose, onCreated }: NewApiKeyDialogProps) {
  const [created, setCreated] = useState<{ key: ApiKey; secret: string }>();
  return (
    <Dialog
      open={open}
      onClose={created ? undefined : onClose}
      maxWidth="sm"
      fullWidth
      aria-labelledby="new-api-key-title"
      slotProps={{ transition: { onExited: () => setCreated(undefined) } }}
    >
      {created ? (
        <ApiKeyOnce
          titleId="new-api-key-title"
          name={created.key.name}
          secret={created.secret}
          url={url}
          onDone={onClose}
        />
      ) : (
        <NewApiKeyForm
          titleId="new-api-key-title"
          apiId={apiId}
          tiers={tiers}
          onCancel={onClose}
          onCreated={(key, secret) => {
            setCreated({ key, secret });
            onCreated();
          }}
        />
      )}
    </Dialog>
  );
}
