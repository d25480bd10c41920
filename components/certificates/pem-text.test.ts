import { X509Certificate } from "node:crypto";
import { expect, it } from "vitest";
import { makeCertificate } from "../../scripts/testing/make-certificate.ts";
import { pemText } from "./pem-text.ts";

it("reads a certificate file in either form as the same PEM", async () => {
  const { cert } = await makeCertificate({ name: "a.example" });
  const der = new Uint8Array(new X509Certificate(cert).raw);
  expect((await pemText(new Blob([cert]))).trim()).toBe(cert.trim());
  expect((await pemText(new Blob([der]))).trim()).toBe(cert.trim());
});
