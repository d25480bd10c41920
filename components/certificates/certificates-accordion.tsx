"use client";

import AddIcon from "@mui/icons-material/Add";
import ExpandMore from "@mui/icons-material/ExpandMore";
import Accordion from "@mui/material/Accordion";
import AccordionDetails from "@mui/material/AccordionDetails";
import AccordionSummary from "@mui/material/AccordionSummary";
import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import Dialog from "@mui/material/Dialog";
import Typography from "@mui/material/Typography";
import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { ConfirmDialog } from "@/components/ui/confirm-dialog.tsx";
import { useNotify } from "@/components/ui/notify.tsx";
import { WhenPermitted } from "@/components/ui/when-permitted.tsx";
import { certificateValidity, type EndpointCertificate } from "@/lib/model/endpoint-certificate.ts";
import { removeCertificateAction } from "@/lib/server/actions/certificate-actions.ts";
import { CertificateTable } from "./certificate-table.tsx";
import type { EndpointHost } from "./endpoint-hosts.ts";

const AddCertificateForm = dynamic(
  () => import("./add-certificate-form.tsx").then((module) => module.AddCertificateForm),
  { loading: () => null },
);
const RenewCertificateForm = dynamic(
  () => import("./renew-certificate-form.tsx").then((module) => module.RenewCertificateForm),
  { loading: () => null },
);

export type CertificatesAccordionProps = {
  apiId: string;
  certificates: readonly EndpointCertificate[];
  hosts: readonly EndpointHost[];
  now: Date;
};

type Open = { kind: "add" } | { kind: "renew"; certificate: EndpointCertificate };

const titleId = "certificate-dialog-title";

/** Certificates for TLS to an API's endpoints. They are no part of the form above: each change takes effect at once. */
export function CertificatesAccordion({ apiId, certificates, hosts, now }: CertificatesAccordionProps) {
  const router = useRouter();
  const notify = useNotify();
  const [open, setOpen] = useState<Open>();
  const [shown, setShown] = useState<Open>();
  const [removing, setRemoving] = useState<EndpointCertificate>();
  const [isRemoving, startRemoving] = useTransition();

  function show(dialog: Open): void {
    setOpen(dialog);
    setShown(dialog);
  }

  function done(words: string): void {
    setOpen(undefined);
    notify.success(words);
    router.refresh();
  }

  function remove(certificate: EndpointCertificate): void {
    startRemoving(async () => {
      const result = await removeCertificateAction(apiId, certificate.id);
      setRemoving(undefined);
      if (result.ok) notify.success(`The certificate “${certificate.alias}” is removed.`);
      else notify.error(result.problem.message);
      router.refresh();
    });
  }

  return (
    <>
      <Accordion
        variant="outlined"
        disableGutters
        defaultExpanded={certificates.length > 0}
        sx={{ mt: 2, borderRadius: 1, "&::before": { display: "none" } }}
      >
        <AccordionSummary expandIcon={<ExpandMore />}>
          <Box component="span" sx={{ display: "flex", flexWrap: "wrap", columnGap: 2, alignItems: "baseline" }}>
            <Typography component="span" variant="h6">
              Certificates
            </Typography>
            <Typography component="span" variant="body2" color="textSecondary">
              {summary(certificates, now)}
            </Typography>
          </Box>
        </AccordionSummary>
        <AccordionDetails sx={{ display: "grid", gap: 2, justifyItems: "start", "& > *": { maxWidth: 1 } }}>
          <Typography variant="body2" color="textSecondary">
            A trusted certificate vouches for endpoints that no public authority signed. A client certificate is what
            gateways show to endpoints that ask who calls (mutual TLS). Changes here take effect at once, for new
            connections of all gateways.
          </Typography>
          {certificates.length > 0 && (
            <CertificateTable
              {...{ certificates, hosts, now }}
              onRenew={(certificate) => show({ kind: "renew", certificate })}
              onRemove={setRemoving}
            />
          )}
          <WhenPermitted>
            <Button variant="outlined" startIcon={<AddIcon />} onClick={() => show({ kind: "add" })}>
              Add certificate
            </Button>
          </WhenPermitted>
        </AccordionDetails>
      </Accordion>
      <Dialog
        open={open !== undefined}
        onClose={() => setOpen(undefined)}
        maxWidth="sm"
        fullWidth
        aria-labelledby={titleId}
        slotProps={{ transition: { onExited: () => setShown(undefined) } }}
      >
        {shown?.kind === "add" && (
          <AddCertificateForm
            {...{ titleId, apiId, hosts }}
            onCancel={() => setOpen(undefined)}
            onAdded={({ alias }) => done(`The certificate “${alias}” is in use.`)}
          />
        )}
        {shown?.kind === "renew" && (
          <RenewCertificateForm
            {...{ titleId, apiId }}
            certificate={shown.certificate}
            onCancel={() => setOpen(undefined)}
            onRenewed={({ alias }) => done(`The certificate “${alias}” is renewed.`)}
          />
        )}
      </Dialog>
      <ConfirmDialog
        open={removing !== undefined}
        title={`Remove certificate “${removing?.alias ?? ""}”?`}
        confirmLabel="Remove"
        destructive
        busy={isRemoving}
        onCancel={() => setRemoving(undefined)}
        onConfirm={() => removing && remove(removing)}
      >
        {removing?.kind === "client"
          ? `Gateways no longer say who they are to ${removing.host}: endpoints that ask will refuse them.`
          : `Gateways no longer trust ${removing?.host ?? ""} by it: calls fail unless somebody else vouches for the endpoint.`}
      </ConfirmDialog>
    </>
  );
}

function summary(certificates: readonly EndpointCertificate[], now: Date): string {
  if (certificates.length === 0) return "None: public authorities are trusted";
  const kinds = certificates.map((certificate) => certificateValidity(certificate, now).kind);
  const expired = kinds.filter((kind) => kind === "expired").length;
  const soon = kinds.filter((kind) => kind === "expires-soon").length;
  const parts = [
    `${certificates.length} in use`,
    ...(expired > 0 ? [`${expired} expired`] : []),
    ...(soon > 0 ? [`${soon} ${soon === 1 ? "expires" : "expire"} soon`] : []),
  ];
  return parts.join(", ");
}
