import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** A certificate with its private key, PEM. */
export type Certified = { cert: string; key: string };

export type CertificateOptions = {
  /** Common name, and the only host name that it is for. */
  name: string;
  /** Who signs; absent: itself. */
  issuer?: Certified;
  /** For how long it is good from now on, days. */
  days?: number;
  /** Whether it may sign others. */
  isAuthority?: boolean;
};

/** Makes a certificate for tests, with openssl. */
export async function makeCertificate(options: CertificateOptions): Promise<Certified> {
  const { name, issuer, days = 2, isAuthority = false } = options;
  const folder = await mkdtemp(join(tmpdir(), "fairlead-certificate-"));
  const path = (file: string) => join(folder, file);
  try {
    if (issuer) {
      await writeFile(path("ca.pem"), issuer.cert);
      await writeFile(path("ca-key.pem"), issuer.key);
    }
    await run("openssl", [
      ...["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"],
      ...["-days", String(days), "-keyout", path("key.pem"), "-out", path("cert.pem"), "-subj", `/CN=${name}`],
      ...["-addext", `subjectAltName=DNS:${name}`],
      ...["-addext", `basicConstraints=critical,CA:${isAuthority ? "TRUE" : "FALSE"}`],
      ...(issuer ? ["-CA", path("ca.pem"), "-CAkey", path("ca-key.pem")] : []),
    ]);
    return { cert: await readFile(path("cert.pem"), "utf8"), key: await readFile(path("key.pem"), "utf8") };
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** The private key again, encrypted with a passphrase. */
export async function encryptKey(key: string, passphrase: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "fairlead-key-"));
  try {
    const path = join(folder, "key.pem");
    await writeFile(path, key);
    const { stdout } = await run("openssl", ["pkcs8", "-topk8", "-in", path, "-passout", `pass:${passphrase}`]);
    return stdout;
  } finally {
    await rm(folder, { recursive: true });
  }
}
