"use client";

import AddIcon from "@mui/icons-material/Add";
import Button from "@mui/material/Button";
import Stack from "@mui/material/Stack";
import Typography from "@mui/material/Typography";
import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { ConfirmDialog } from "@/components/ui/confirm-dialog.tsx";
import { useNotify } from "@/components/ui/notify.tsx";
import type { AccessToken } from "@/lib/model/account.ts";
import { revokeAccessTokenAction } from "@/lib/server/actions/revoke-access-token-action.ts";
import { AccessTokenTable } from "./access-token-table.tsx";
import { NewAccessTokenDialog } from "./new-access-token-dialog.tsx";

type AccessTokensPanelProps = {
  tokens: readonly AccessToken[];
  now: Date;
};

/** A person's tokens for the REST API: list, create, revoke. */
export function AccessTokensPanel({ tokens, now }: AccessTokensPanelProps) {
  const router = useRouter();
  const notify = useNotify();
  const [creating, setCreating] = useState(false);
  const [revoking, setRevoking] = useState<AccessToken>();
  const [isRevoking, startRevoke] = useTransition();

  function revoke(token: AccessToken): void {
    startRevoke(async () => {
      const result = await revokeAccessTokenAction(token.id);
      setRevoking(undefined);
      if (result.ok) notify.success(`Token “${token.name}” is revoked.`);
      else notify.error(result.problem.message);
      router.refresh();
    });
  }

  return (
    <Stack sx={{ gap: 2 }}>
      {tokens.length === 0 ? (
        <Typography color="textSecondary">
          No token yet. A script sends one instead of your password, and you can revoke each alone.
        </Typography>
      ) : (
        <AccessTokenTable tokens={tokens} now={now} onRevoke={setRevoking} />
      )}
      <Button
        variant="outlined"
        startIcon={<AddIcon />}
        onClick={() => setCreating(true)}
        sx={{ alignSelf: "flex-start" }}
      >
        Create token
      </Button>
      <NewAccessTokenDialog open={creating} onClose={() => setCreating(false)} onCreated={() => router.refresh()} />
      <ConfirmDialog
        open={revoking !== undefined}
        title={`Revoke token “${revoking?.name ?? ""}”?`}
        confirmLabel="Revoke"
        destructive
        busy={isRevoking}
        onCancel={() => setRevoking(undefined)}
        onConfirm={() => revoking && revoke(revoking)}
      >
        Scripts that send this token get 401 from now on. It cannot be taken back.
      </ConfirmDialog>
    </Stack>
  );
}
