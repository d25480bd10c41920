"use client";

import AddIcon from "@mui/icons-material/Add";
import Alert from "@mui/material/Alert";
import Button from "@mui/material/Button";
import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { ConfirmDialog } from "@/components/ui/confirm-dialog.tsx";
import { EmptyState } from "@/components/ui/empty-state.tsx";
import { useNotify } from "@/components/ui/notify.tsx";
import { PageHeader } from "@/components/ui/page-header.tsx";
import { WhenPermitted } from "@/components/ui/when-permitted.tsx";
import type { ApiKey } from "@/lib/model/api-key.ts";
import type { RateTier } from "@/lib/model/rate-limit.ts";
import { revokeApiKeyAction } from "@/lib/server/actions/revoke-api-key-action.ts";
import { ApiKeyTable } from "./api-key-table.tsx";
import { NewApiKeyDialog } from "./new-api-key-dialog.tsx";
import { RotateApiKeyDialog } from "./rotate-api-key-dialog.tsx";

type ApiKeysPanelProps = {
  apiId: string;
  url: string;
  keys: readonly ApiKey[];
  /** The rate limits that keys can be given. */
  tiers: readonly RateTier[];
  /** What keys are good for at this API, where that is not all that there is to say. */
  note: string | undefined;
  now: Date;
};

/** The keys that consumers call an API with: list, create, limit, rotate, revoke. */
export function ApiKeysPanel({ apiId, url, keys, tiers, note, now }: ApiKeysPanelProps) {
  const router = useRouter();
  const notify = useNotify();
  const [creating, setCreating] = useState(false);
  const [rotating, setRotating] = useState<ApiKey>();
  const [revoking, setRevoking] = useState<ApiKey>();
  const [isRevoking, startRevoke] = useTransition();

  function revoke(key: ApiKey): void {
    startRevoke(async () => {
      const result = await revokeApiKeyAction(apiId, key.id);
      setRevoking(undefined);
      if (result.ok) notify.success(`Key “${key.name}” is revoked. Gateways refuse it from now on.`);
      else notify.error(result.problem.message);
      router.refresh();
    });
  }

  const create = (
    <WhenPermitted>
      <Button variant="contained" startIcon={<AddIcon />} onClick={() => setCreating(true)}>
        Create key
      </Button>
    </WhenPermitted>
  );
  return (
    <>
      <PageHeader
        title="Subscriptions"
        description="API keys that consumers call this API with."
        actions={keys.length > 0 && create}
      />
      {note !== undefined && (
        <Alert severity="info" sx={{ mb: 2, overflowWrap: "anywhere" }}>
          {note}
        </Alert>
      )}
      {keys.length === 0 ? (
        <EmptyState
          title="No keys yet"
          description="A consumer sends its key in the apikey header with every call, and the key's type chooses the production or the sandbox endpoint. Create one for each consumer, so that each can be revoked alone."
          action={create}
        />
      ) : (
        <ApiKeyTable apiId={apiId} keys={keys} tiers={tiers} now={now} onRotate={setRotating} onRevoke={setRevoking} />
      )}
      <NewApiKeyDialog
        open={creating}
        apiId={apiId}
        url={url}
        tiers={tiers}
        onClose={() => setCreating(false)}
        onCreated={() => router.refresh()}
      />
      <RotateApiKeyDialog
        rotated={rotating}
        apiId={apiId}
        url={url}
        onClose={() => setRotating(undefined)}
        onRotated={() => router.refresh()}
      />
      <ConfirmDialog
        open={revoking !== undefined}
        title={`Revoke key “${revoking?.name ?? ""}”?`}
        confirmLabel="Revoke"
        destructive
        busy={isRevoking}
        onCancel={() => setRevoking(undefined)}
        onConfirm={() => revoking && revoke(revoking)}
      >
        Calls with this key are refused from now on. It cannot be taken back: the consumer needs a new key.
      </ConfirmDialog>
    </>
  );
}
