import Alert from "@mui/material/Alert";
import AlertTitle from "@mui/material/AlertTitle";
import type { PresentedCertificate } from "@/lib/model/endpoint-certificate.ts";

/** What a host showed, for somebody who decides whether to trust it. */
export function PresentedNotice({ host, presented }: { host: string; presented: PresentedCertificate }) {
  const { subject, issuer, fingerprint, validTo, distrust } = presented;
  return (
    <Alert severity={distrust === null ? "success" : "warning"} sx={{ overflowWrap: "anywhere" }}>
      <AlertTitle>{distrust === null ? `${host} is trusted as it is` : `What ${host} shows now`}</AlertTitle>
      {subject}, issued by {issuer}, valid until {validTo.toISOString().slice(0, 10)}.
      <br />
      SHA-256 <span className="mono">{fingerprint}</span>
      <br />
      {distrust === null
        ? "Authorities that gateways trust anyway vouch for it: no certificate is needed."
        : `${distrust} Compare the fingerprint with what its operator says before you trust it.`}
    </Alert>
  );
}
