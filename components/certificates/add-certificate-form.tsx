"use client";

import Alert from "@mui/material/Alert";
import Button from "@mui/material/Button";
import DialogActions from "@mui/material/DialogActions";
import DialogContent from "@mui/material/DialogContent";
import DialogTitle from "@mui/material/DialogTitle";
import FormControl from "@mui/material/FormControl";
import FormControlLabel from "@mui/material/FormControlLabel";
import FormLabel from "@mui/material/FormLabel";
import Radio from "@mui/material/Radio";
import RadioGroup from "@mui/material/RadioGroup";
import Stack from "@mui/material/Stack";
import TextField from "@mui/material/TextField";
import { useState, useTransition } from "react";
import {
  certificateKinds,
  type EndpointCertificate,
  type NewCertificate,
  type PresentedCertificate,
} from "@/lib/model/endpoint-certificate.ts";
import { addCertificateAction, getPresentedCertificateAction } from "@/lib/server/actions/certificate-actions.ts";
import { certificateKindWords } from "./certificate-kind-words.ts";
import type { EndpointHost } from "./endpoint-hosts.ts";
import { HostField } from "./host-field.tsx";
import { PemField } from "./pem-field.tsx";
import { PresentedNotice } from "./presented-notice.tsx";
import { PrivateKeyFields } from "./private-key-fields.tsx";
import { useFieldProblems } from "./use-field-problems.ts";

type AddCertificateFormProps = {
  titleId: string;
  apiId: string;
  hosts: readonly EndpointHost[];
  onCancel: () => void;
  onAdded: (certificate: EndpointCertificate) => void;
};

const empty = { alias: "", host: "", certificate: "", privateKey: "", passphrase: "" };

/** What a certificate is for, where, and its text; of client certificates the private key as well. */
export function AddCertificateForm({ titleId, apiId, hosts, onCancel, onAdded }: AddCertificateFormProps) {
  const [kind, setKind] = useState<NewCertificate["kind"]>("trusted");
  const [values, setValues] = useState({ ...empty, host: hosts.length === 1 ? (hosts[0]?.host ?? "") : "" });
  const [presented, setPresented] = useState<{ host: string; shown: PresentedCertificate }>();
  const [isAdding, startAdding] = useTransition();
  const [isAsking, startAsking] = useTransition();
  const { problems, form, show, forget } = useFieldProblems(Object.keys(empty));
  const change = (field: keyof typeof empty) => (text: string) => {
    setValues((current) => ({ ...current, [field]: text }));
    forget(field);
  };

  function add(): void {
    startAdding(async () => {
      const result = await addCertificateAction(apiId, inputOf(kind, values));
      if (result.ok) onAdded(result.value);
      else show(result.problem);
    });
  }

  function ask(): void {
    startAsking(async () => {
      setPresented(undefined);
      const { host } = values;
      const result = await getPresentedCertificateAction({ host });
      if (!result.ok) return show(result.problem);
      setPresented({ host, shown: result.value });
      change("certificate")(result.value.certificate);
    });
  }

  return (
    <form
      noValidate
      aria-labelledby={titleId}
      onSubmit={(event) => {
        event.preventDefault();
        if (!isAdding) add();
      }}
    >
      <DialogTitle id={titleId}>Add a certificate</DialogTitle>
      <DialogContent>
        <Stack sx={{ gap: 2.5, pt: 1 }}>
          {form !== undefined && <Alert severity="error">{form}</Alert>}
          <FormControl>
            <FormLabel id="certificate-kind">Kind</FormLabel>
            <RadioGroup
              row
              aria-labelledby="certificate-kind"
              value={kind}
              onChange={(_, value) => setKind(certificateKinds.find((known) => known === value) ?? "trusted")}
            >
              {certificateKinds.map((each) => (
                <FormControlLabel key={each} value={each} control={<Radio />} label={certificateKindWords[each]} />
              ))}
            </RadioGroup>
          </FormControl>
          <TextField
            label="Name"
            required
            autoFocus
            fullWidth
            value={values.alias}
            onChange={(event) => change("alias")(event.target.value)}
            error={problems.alias !== undefined}
            helperText={problems.alias ?? "To recognise it by, for example orders-ca-2027."}
          />
          <HostField hosts={hosts} value={values.host} error={problems.host} onChange={change("host")} />
          <PemField
            label="Certificate"
            placeholder="-----BEGIN CERTIFICATE-----"
            value={values.certificate}
            error={problems.certificate}
            hint={
              kind === "trusted"
                ? "Of the endpoint, or of the authority that signed it. PEM or DER, with its chain."
                : "What gateways show to the endpoint. PEM or DER, with its chain."
            }
            onChange={change("certificate")}
            onRefused={(message) => show({ message, items: [{ path: "certificate", message }] })}
            actions={
              kind === "trusted" && (
                <Button size="small" onClick={ask} loading={isAsking} disabled={values.host.trim() === ""}>
                  Read from host
                </Button>
              )
            }
          />
          {kind === "trusted" && presented && <PresentedNotice host={presented.host} presented={presented.shown} />}
          {kind === "client" && <PrivateKeyFields {...{ values, problems, change, show }} />}
        </Stack>
      </DialogContent>
      <DialogActions>
        <Button onClick={onCancel} color="inherit">
          Cancel
        </Button>
        <Button type="submit" variant="contained" loading={isAdding}>
          Add
        </Button>
      </DialogActions>
    </form>
  );
}

function inputOf(kind: NewCertificate["kind"], values: typeof empty): NewCertificate {
  const { alias, host, certificate, privateKey, passphrase } = values;
  if (kind === "trusted") return { kind, alias, host, certificate };
  return { kind, alias, host, certificate, privateKey, ...(passphrase !== "" && { passphrase }) };
}
