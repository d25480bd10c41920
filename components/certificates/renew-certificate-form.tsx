"use client";

import Alert from "@mui/material/Alert";
import Button from "@mui/material/Button";
import DialogActions from "@mui/material/DialogActions";
import DialogContent from "@mui/material/DialogContent";
import DialogContentText from "@mui/material/DialogContentText";
import DialogTitle from "@mui/material/DialogTitle";
import Stack from "@mui/material/Stack";
import { useState, useTransition } from "react";
import type { EndpointCertificate } from "@/lib/model/endpoint-certificate.ts";
import { renewCertificateAction } from "@/lib/server/actions/certificate-actions.ts";
import { PemField } from "./pem-field.tsx";
import { PrivateKeyFields } from "./private-key-fields.tsx";
import { useFieldProblems } from "./use-field-problems.ts";

type RenewCertificateFormProps = {
  titleId: string;
  apiId: string;
  certificate: EndpointCertificate;
  onCancel: () => void;
  onRenewed: (certificate: EndpointCertificate) => void;
};

const empty = { certificate: "", privateKey: "", passphrase: "" };

/** A newer certificate in the place of one. */
export function RenewCertificateForm(props: RenewCertificateFormProps) {
  const { titleId, apiId, certificate, onCancel, onRenewed } = props;
  const [values, setValues] = useState(empty);
  const [isRenewing, startRenewing] = useTransition();
  const { problems, form, show, forget } = useFieldProblems(Object.keys(empty));
  const change = (field: keyof typeof empty) => (text: string) => {
    setValues((current) => ({ ...current, [field]: text }));
    forget(field);
  };

  function renew(): void {
    startRenewing(async () => {
      const { privateKey, passphrase } = values;
      const result = await renewCertificateAction(apiId, certificate.id, {
        certificate: values.certificate,
        ...(privateKey !== "" && { privateKey }),
        ...(passphrase !== "" && { passphrase }),
      });
      if (result.ok) onRenewed(result.value);
      else show(result.problem);
    });
  }

  return (
    <form
      noValidate
      aria-labelledby={titleId}
      onSubmit={(event) => {
        event.preventDefault();
        if (!isRenewing) renew();
      }}
    >
      <DialogTitle id={titleId}>Renew “{certificate.alias}”</DialogTitle>
      <DialogContent>
        <Stack sx={{ gap: 2.5, pt: 1 }}>
          {form !== undefined && <Alert severity="error">{form}</Alert>}
          <DialogContentText>
            New connections to <span className="mono">{certificate.host}</span> use it at once; requests that are under
            way are not disturbed.
          </DialogContentText>
          <PemField
            label="Certificate"
            placeholder="-----BEGIN CERTIFICATE-----"
            value={values.certificate}
            error={problems.certificate}
            hint="PEM or DER, with its chain."
            onChange={change("certificate")}
            onRefused={(message) => show({ message, items: [{ path: "certificate", message }] })}
          />
          {certificate.kind === "client" && (
            <PrivateKeyFields
              {...{ values, problems, change, show }}
              isOptional
              hint="Leave it empty to go on with the private key that is stored."
            />
          )}
        </Stack>
      </DialogContent>
      <DialogActions>
        <Button onClick={onCancel} color="inherit">
          Cancel
        </Button>
        <Button type="submit" variant="contained" loading={isRenewing}>
          Renew
        </Button>
      </DialogActions>
    </form>
  );
}
