import Alert from "@mui/material/Alert";
import Link from "@mui/material/Link";
import { certificateValidity, type EndpointCertificate } from "@/lib/model/endpoint-certificate.ts";
import { daysInWords } from "./validity-label.tsx";

type CertificateWarningProps = {
  apiId: string;
  /** Those that end first first. */
  certificates: readonly EndpointCertificate[];
  now: Date;
};

/** Says of certificates that have expired or soon will; nothing while there are none. */
export function CertificateWarning({ apiId, certificates, now }: CertificateWarningProps) {
  const told = certificates.flatMap((certificate) => {
    const validity = certificateValidity(certificate, now);
    if (validity.kind === "expired") return [{ certificate, isExpired: true, words: "has expired" }];
    if (validity.kind !== "expires-soon") return [];
    return [{ certificate, isExpired: false, words: `expires in ${daysInWords(validity.days)}` }];
  });
  if (told.length === 0) return null;
  return (
    <Alert severity={told.some(({ isExpired }) => isExpired) ? "error" : "warning"}>
      {told.map(({ certificate, words }) => (
        <div key={certificate.id}>
          The certificate “{certificate.alias}” for {certificate.host} {words}.
        </div>
      ))}
      <Link href={`/apis/${apiId}/endpoints#certificates`}>Renew it under Endpoints</Link>
    </Alert>
  );
}
