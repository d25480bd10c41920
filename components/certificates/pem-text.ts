/** The text of a certificate or key file: PEM as it is, DER (.cer, .der, .crt of Windows) as the PEM of a certificate. */
export async function pemText(file: Blob): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  // DER of a certificate begins with a SEQUENCE of two length octets; PEM is text.
  if (bytes[0] !== 0x30 || bytes[1] !== 0x82) return new TextDecoder().decode(bytes);
  const base64 = btoa(String.fromCharCode(...bytes));
  return `-----BEGIN CERTIFICATE-----\n${base64.replace(/(.{64})/g, "$1\n").trimEnd()}\n-----END CERTIFICATE-----\n`;
}
