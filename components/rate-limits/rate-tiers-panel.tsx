"use client";

import AddIcon from "@mui/icons-material/Add";
import Button from "@mui/material/Button";
import Table from "@mui/material/Table";
import TableBody from "@mui/material/TableBody";
import TableCell from "@mui/material/TableCell";
import TableHead from "@mui/material/TableHead";
import TableRow from "@mui/material/TableRow";
import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { ScrollRegion } from "@/components/admin/scroll-region.tsx";
import { ConfirmDialog } from "@/components/ui/confirm-dialog.tsx";
import { useNotify } from "@/components/ui/notify.tsx";
import { PageHeader } from "@/components/ui/page-header.tsx";
import { type RateTier, rateTierWords, unlimitedTier } from "@/lib/model/rate-limit.ts";
import { deleteRateTierAction } from "@/lib/server/actions/rate-tier-actions.ts";
import { RateTierDialog } from "./rate-tier-dialog.tsx";

type Listed = RateTier & { apis: number; keys: number };

/** The rate limits that APIs and keys can be given: add, change, delete. */
export function RateTiersPanel({ tiers }: { tiers: readonly Listed[] }) {
  const router = useRouter();
  const notify = useNotify();
  const [edited, setEdited] = useState<RateTier | "new">();
  const [deleting, setDeleting] = useState<Listed>();
  const [isDeleting, startDelete] = useTransition();

  function remove(tier: Listed): void {
    startDelete(async () => {
      const result = await deleteRateTierAction(tier.name);
      setDeleting(undefined);
      if (result.ok) notify.success(`Rate limit ${tier.name} is deleted.`);
      else notify.error(result.problem.message);
      router.refresh();
    });
  }

  return (
    <>
      <PageHeader
        title="Rate limits"
        description="What APIs and keys can be given. A change reaches everybody who has it at once, and what was counted stays counted."
        actions={
          <Button variant="contained" startIcon={<AddIcon />} onClick={() => setEdited("new")}>
            Add rate limit
          </Button>
        }
      />
      <ScrollRegion label="Rate limits">
        <Table>
          <TableHead>
            <TableRow>
              <TableCell>Name</TableCell>
              <TableCell>Allows</TableCell>
              <TableCell align="right">APIs</TableCell>
              <TableCell align="right">Keys</TableCell>
              <TableCell align="right">Actions</TableCell>
            </TableRow>
          </TableHead>
          <TableBody>
            <TableRow hover>
              <TableCell component="th" scope="row">
                {unlimitedTier}
              </TableCell>
              <TableCell colSpan={4}>As many requests as come; what nobody has chosen is this</TableCell>
            </TableRow>
            {tiers.map((tier) => (
              <TierRow key={tier.name} tier={tier} onEdit={setEdited} onDelete={setDeleting} />
            ))}
          </TableBody>
        </Table>
      </ScrollRegion>
      <RateTierDialog
        edited={edited}
        onClose={() => setEdited(undefined)}
        onSaved={(name) => {
          setEdited(undefined);
          notify.success(`Rate limit ${name} is saved. Gateways keep to it from now on.`);
          router.refresh();
        }}
      />
      <ConfirmDialog
        open={deleting !== undefined}
        title={`Delete rate limit ${deleting?.name ?? ""}?`}
        confirmLabel="Delete"
        destructive
        busy={isDeleting}
        onCancel={() => setDeleting(undefined)}
        onConfirm={() => deleting && remove(deleting)}
      >
        No API and no key has it. It can no longer be chosen.
      </ConfirmDialog>
    </>
  );
}

type TierRowProps = { tier: Listed; onEdit: (tier: RateTier) => void; onDelete: (tier: Listed) => void };

function TierRow({ tier, onEdit, onDelete }: TierRowProps) {
  const { name, requests, windowSeconds, apis, keys } = tier;
  const inUse = apis + keys > 0;
  return (
    <TableRow hover>
      <TableCell component="th" scope="row">
        {name}
      </TableCell>
      <TableCell>{rateTierWords(tier)}</TableCell>
      <TableCell align="right">{apis}</TableCell>
      <TableCell align="right">{keys}</TableCell>
      <TableCell align="right" sx={{ whiteSpace: "nowrap" }}>
        <Button size="small" onClick={() => onEdit({ name, requests, windowSeconds })} aria-label={`Change ${name}`}>
          Change
        </Button>
        <Button
          size="small"
          color="error"
          disabled={inUse}
          onClick={() => onDelete(tier)}
          aria-label={inUse ? `Delete ${name}: it is in use` : `Delete ${name}`}
        >
          Delete
        </Button>
      </TableCell>
    </TableRow>
  );
}
