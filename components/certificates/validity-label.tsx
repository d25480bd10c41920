import { StateLabel } from "@/components/admin/state-label.tsx";
import { type CertificateFacts, certificateValidity } from "@/lib/model/endpoint-certificate.ts";

/** Whether a certificate is good, and for how long where that is short. */
export function ValidityLabel({ certificate, now }: { certificate: CertificateFacts; now: Date }) {
  const validity = certificateValidity(certificate, now);
  switch (validity.kind) {
    case "valid":
      return <StateLabel word="Valid" tone="good" />;
    case "not-yet":
      return <StateLabel word="Not valid yet" tone="warning" />;
    case "expires-soon":
      return <StateLabel word={`Expires in ${daysInWords(validity.days)}`} tone="warning" />;
    case "expired":
      return <StateLabel word="Expired" tone="bad" />;
  }
}

/** "1 day", "12 days", "less than a day". */
export function daysInWords(days: number): string {
  if (days === 0) return "less than a day";
  return days === 1 ? "1 day" : `${days} days`;
}
