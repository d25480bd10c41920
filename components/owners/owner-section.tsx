"use client";

import Button from "@mui/material/Button";
import Card from "@mui/material/Card";
import Typography from "@mui/material/Typography";
import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { useNotify } from "@/components/ui/notify.tsx";
import type { Api } from "@/lib/model/api.ts";
import type { PossibleOwner } from "@/lib/model/transfer.ts";
import { listPossibleOwnersAction } from "@/lib/server/actions/transfer-actions.ts";

const TransferDialog = dynamic(() => import("./transfer-dialog.tsx").then((module) => module.TransferDialog), {
  loading: () => null,
});

type OwnerSectionProps = {
  api: Pick<Api, "id" | "displayName" | "version" | "owner">;
  mayTransfer: boolean;
  /** Whether this person goes on reaching the API when it is another's: an administrator does. */
  staysReachable: boolean;
};

/** Whose an API is, and giving it to somebody else. */
export function OwnerSection({ api, mayTransfer, staysReachable }: OwnerSectionProps) {
  const router = useRouter();
  const notify = useNotify();
  const [people, setPeople] = useState<readonly PossibleOwner[]>();
  const [isBusy, startWork] = useTransition();

  function open(): void {
    startWork(async () => {
      const result = await listPossibleOwnersAction(api.id);
      if (!result.ok) return notify.error(result.problem.message);
      setPeople(result.value);
    });
  }

  function transferred({ owner, staysCoOwner }: { owner: string; staysCoOwner: boolean }): void {
    setPeople(undefined);
    notify.success(`${api.displayName} ${api.version} belongs to ${owner} now.`);
    if (staysReachable || staysCoOwner) router.refresh();
    else router.push("/apis");
  }

  return (
    <Card
      component="section"
      aria-labelledby="owner-title"
      sx={{ p: 3, mt: 3, maxWidth: 720, display: "grid", gap: 1.5 }}
    >
      <Typography id="owner-title" variant="h6" component="h2">
        Owner
      </Typography>
      <Typography>
        {api.owner.name}{" "}
        <Typography component="span" color="textSecondary">
          {api.owner.email}
        </Typography>
      </Typography>
      {mayTransfer && (
        <Button variant="outlined" onClick={open} loading={isBusy} sx={{ justifySelf: "start" }}>
          Transfer…
        </Button>
      )}
      {people && (
        <TransferDialog
          {...{ api, people, staysReachable }}
          onClose={() => setPeople(undefined)}
          onTransferred={transferred}
        />
      )}
    </Card>
  );
}
