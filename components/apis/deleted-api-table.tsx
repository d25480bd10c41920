"use client";

import RestoreIcon from "@mui/icons-material/RestoreFromTrash";
import Alert from "@mui/material/Alert";
import Button from "@mui/material/Button";
import Table from "@mui/material/Table";
import TableBody from "@mui/material/TableBody";
import TableCell from "@mui/material/TableCell";
import TableHead from "@mui/material/TableHead";
import TableRow from "@mui/material/TableRow";
import Typography from "@mui/material/Typography";
import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { ScrollRegion } from "@/components/admin/scroll-region.tsx";
import { useNotify } from "@/components/ui/notify.tsx";
import { RelativeTime } from "@/components/ui/relative-time.tsx";
import { WhenPermitted } from "@/components/ui/when-permitted.tsx";
import type { DeletedApi } from "@/lib/model/deleted-api.ts";
import { restoreDeletedApiAction } from "@/lib/server/actions/restore-deleted-api-action.ts";

/** APIs that are gone, each with what brings it back. Why one cannot come back stays on the page. */
export function DeletedApiTable({ apis }: { apis: readonly DeletedApi[] }) {
  const router = useRouter();
  const notify = useNotify();
  const [busyId, setBusyId] = useState<string>();
  const [refusal, setRefusal] = useState<string>();
  const [isPending, startTransition] = useTransition();
  const bringBack = ({ id, name, version }: DeletedApi) => {
    setBusyId(id);
    setRefusal(undefined);
    startTransition(async () => {
      const result = await restoreDeletedApiAction(id);
      if (!result.ok) return setRefusal(result.problem.message);
      notify.success(`${name} ${version} is back.`);
      router.push(`/apis/${id}/overview`);
    });
  };
  return (
    <>
      {refusal && (
        <Alert severity="error" onClose={() => setRefusal(undefined)} sx={{ mb: 2 }}>
          {refusal}
        </Alert>
      )}
      <ScrollRegion label="Deleted APIs">
        <Table size="small">
          <TableHead>
            <TableRow>
              <TableCell>API</TableCell>
              <TableCell>Context</TableCell>
              <TableCell>Owner</TableCell>
              <TableCell>Deleted</TableCell>
              <TableCell>Gone for good</TableCell>
              <WhenPermitted>
                <TableCell align="right">Actions</TableCell>
              </WhenPermitted>
            </TableRow>
          </TableHead>
          <TableBody>
            {apis.map((api) => (
              <TableRow key={api.id} hover>
                <TableCell component="th" scope="row">
                  {api.name} {api.version}
                </TableCell>
                <TableCell>
                  <span className="mono">{api.context}</span>
                </TableCell>
                <TableCell>
                  {api.owner.name}
                  <Typography variant="caption" color="textSecondary" sx={{ display: "block" }}>
                    {api.owner.email}
                  </Typography>
                </TableCell>
                <TableCell>
                  <RelativeTime date={api.deletedAt} /> by {api.deletedBy}
                </TableCell>
                <TableCell>
                  <RelativeTime date={api.restorableUntil} />
                </TableCell>
                <WhenPermitted>
                  <TableCell align="right">
                    <Button
                      size="small"
                      startIcon={<RestoreIcon />}
                      loading={isPending && busyId === api.id}
                      disabled={isPending}
                      aria-label={`Bring back ${api.name} ${api.version}`}
                      onClick={() => bringBack(api)}
                    >
                      Bring back
                    </Button>
                  </TableCell>
                </WhenPermitted>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      </ScrollRegion>
    </>
  );
}
