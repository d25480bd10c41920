import Button from "@mui/material/Button";
import Table from "@mui/material/Table";
import TableBody from "@mui/material/TableBody";
import TableCell from "@mui/material/TableCell";
import TableHead from "@mui/material/TableHead";
import TableRow from "@mui/material/TableRow";
import Typography from "@mui/material/Typography";
import { ScrollRegion } from "@/components/admin/scroll-region.tsx";
import { RelativeTime } from "@/components/ui/relative-time.tsx";
import { WhenPermitted } from "@/components/ui/when-permitted.tsx";
import { type EndpointCertificate, isForHost } from "@/lib/model/endpoint-certificate.ts";
import { certificateKindWords } from "./certificate-kind-words.ts";
import type { EndpointHost } from "./endpoint-hosts.ts";
import { ValidityLabel } from "./validity-label.tsx";

type CertificateTableProps = {
  certificates: readonly EndpointCertificate[];
  /** Where the API's endpoints are. */
  hosts: readonly EndpointHost[];
  now: Date;
  onRenew: (certificate: EndpointCertificate) => void;
  onRemove: (certificate: EndpointCertificate) => void;
};

/** Certificates, those that end first first. */
export function CertificateTable({ certificates, hosts, now, onRenew, onRemove }: CertificateTableProps) {
  return (
    <ScrollRegion label="Certificates">
      <Table>
        <TableHead>
          <TableRow>
            <TableCell>Name</TableCell>
            <TableCell>Host</TableCell>
            <TableCell>Certificate</TableCell>
            <TableCell>Valid until</TableCell>
            <TableCell>State</TableCell>
            <TableCell align="right">Actions</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {certificates.map((certificate) => (
            <TableRow key={certificate.id} hover>
              <TableCell component="th" scope="row">
                {certificate.alias}
                <Typography variant="caption" component="div" color="text.secondary">
                  {certificateKindWords[certificate.kind]}
                </Typography>
              </TableCell>
              <TableCell>
                <span className="mono">{certificate.host}</span>
                {!hosts.some(({ hostname, port }) => isForHost(certificate.host, hostname, port)) && (
                  <Typography variant="caption" component="div" color="text.secondary">
                    No endpoint is there
                  </Typography>
                )}
              </TableCell>
              <TableCell sx={{ overflowWrap: "anywhere", minWidth: 180 }}>
                {certificate.subject}
                <Typography variant="caption" component="div" color="text.secondary">
                  {certificate.issuer === certificate.subject ? "Signed by itself" : `Issued by ${certificate.issuer}`}
                </Typography>
              </TableCell>
              <TableCell>
                <RelativeTime date={certificate.validTo} />
              </TableCell>
              <TableCell>
                <ValidityLabel certificate={certificate} now={now} />
              </TableCell>
              <TableCell align="right" sx={{ whiteSpace: "nowrap" }}>
                <WhenPermitted>
                  <Button size="small" onClick={() => onRenew(certificate)} aria-label={`Renew ${certificate.alias}`}>
                    Renew
                  </Button>
                  <Button
                    color="error"
                    size="small"
                    onClick={() => onRemove(certificate)}
                    aria-label={`Remove ${certificate.alias}`}
                  >
                    Remove
                  </Button>
                </WhenPermitted>
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </ScrollRegion>
  );
}
