import { z } from "zod";

/** Most certificates of one API: every gateway holds all of them in memory. */
export const maxCertificates = 50;

/** A certificate is warned of when it ends within so many days. */
export const expiryWarningDays = 30;

/** Longest PEM text, characters: a chain of ten with RSA keys of 8192 bits takes about 40,000. */
const maxPemLength = 65_536;

const hostWords =
  "A host is a name or an address, with a port where only that port is meant: orders.example, orders.example:8443, 10.0.0.7 or [::1]:8443.";

/** Host of endpoints, as it stands in their URL; without a port: at every port. Read in lower case. */
export const certificateHostSchema = z
  .string({ error: hostWords })
  .trim()
  .toLowerCase()
  .max(260, hostWords)
  .refine(isHost, { error: hostWords, abort: true });

const aliasSchema = z
  .string({ error: "Enter a name for the certificate." })
  .trim()
  .min(1, "Enter a name for the certificate.")
  .max(60, "A name has at most 60 characters.");

const certificateText = z
  .string({ error: "A certificate is PEM text that begins with -----BEGIN CERTIFICATE-----." })
  .trim()
  .min(1, "Choose a certificate file, or paste its text.")
  .max(maxPemLength, `A certificate with its chain has at most ${maxPemLength.toLocaleString("en-US")} characters.`);

const clientPair = {
  certificate: certificateText,
  privateKey: z
    .string({ error: "A private key is PEM text that begins with -----BEGIN PRIVATE KEY-----." })
    .trim()
    .min(1, "Choose the private key that belongs to the certificate, or paste its text.")
    .max(maxPemLength, `A private key has at most ${maxPemLength.toLocaleString("en-US")} characters.`),
  /** Opens an encrypted private key; it is not kept. */
  passphrase: z.string().max(1_024, "A passphrase has at most 1,024 characters.").optional(),
};

/**
 * A certificate as a publisher gives it. A trusted one vouches for endpoints at its host, beside the authorities that
 * gateways trust anyway; a client one is what gateways show to endpoints that ask who calls (mutual TLS).
 */
export const newCertificateSchema = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("trusted"),
    alias: aliasSchema,
    host: certificateHostSchema,
    certificate: certificateText,
  }),
  z.strictObject({ kind: z.literal("client"), alias: aliasSchema, host: certificateHostSchema, ...clientPair }),
]);
export type NewCertificate = z.input<typeof newCertificateSchema>;

/** A renewed certificate; of the same kind and for the same host as the one it replaces. */
export const renewedCertificateSchema = z.strictObject({
  certificate: certificateText,
  privateKey: clientPair.privateKey.optional(),
  passphrase: clientPair.passphrase,
});
export type RenewedCertificate = z.input<typeof renewedCertificateSchema>;

export const certificateKinds = ["trusted", "client"] as const;
export type CertificateKind = (typeof certificateKinds)[number];

/** What a certificate says of itself: of a chain, its first. */
export type CertificateFacts = {
  /** Distinguished names as in CN=orders.example, O=Example. */
  subject: string;
  issuer: string;
  /** Hexadecimal. */
  serialNumber: string;
  /** SHA-256, in pairs of hexadecimal digits. */
  fingerprint: string;
  validFrom: Date;
  validTo: Date;
};

/** A stored certificate, without what is secret. */
export type EndpointCertificate = CertificateFacts & {
  id: string;
  kind: CertificateKind;
  alias: string;
  host: string;
  /** PEM, with its chain. */
  certificate: string;
  createdBy: string;
  createdAt: Date;
};

/** Whose certificate is looked at: a host as certificates have it; without a port 443. */
export const presentedCertificateRequestSchema = z.strictObject({ host: certificateHostSchema });
export type PresentedCertificateRequest = z.input<typeof presentedCertificateRequestSchema>;

/** What a host shows of itself when somebody connects. */
export type PresentedCertificate = CertificateFacts & {
  /** PEM, with the chain that it sent. */
  certificate: string;
  /** Why nobody would believe it as things are, in words; null: the authorities that are trusted anyway vouch for it. */
  distrust: string | null;
};

/** A certificate as gateways take it over; `privateKey` is sealed. */
export const snapshotCertificateSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("trusted"), host: z.string(), certificate: z.string() }),
  z.strictObject({ kind: z.literal("client"), host: z.string(), certificate: z.string(), privateKey: z.string() }),
]);
export type SnapshotCertificate = z.infer<typeof snapshotCertificateSchema>;

/** Whether a certificate for `certificateHost` is meant for endpoints at a URL's host name and port. */
export function isForHost(certificateHost: string, hostname: string, port: number): boolean {
  const name = hostname.includes(":") ? `[${hostname}]` : hostname;
  return certificateHost === name || certificateHost === `${name}:${port}`;
}

export type CertificateValidity =
  | { kind: "valid" }
  | { kind: "not-yet" }
  | { kind: "expires-soon"; days: number }
  | { kind: "expired" };

/** How a certificate stands at a moment; `days` are whole days that are left. */
export function certificateValidity(
  { validFrom, validTo }: Pick<CertificateFacts, "validFrom" | "validTo">,
  now: Date,
): CertificateValidity {
  if (validTo <= now) return { kind: "expired" };
  if (validFrom > now) return { kind: "not-yet" };
  const days = Math.floor((validTo.getTime() - now.getTime()) / 86_400_000);
  return days < expiryWarningDays ? { kind: "expires-soon", days } : { kind: "valid" };
}

function isHost(text: string): boolean {
  if (!/^[^\s/?#@\\]+$/.test(text) || !URL.canParse(`https://${text}`)) return false;
  const { hostname, port } = new URL(`https://${text}`);
  // The parser drops 443, which is https's own.
  return text === hostname || text === `${hostname}:${port === "" ? "443" : port}`;
}
