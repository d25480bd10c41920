import { renewedCertificateSchema } from "@/lib/model/endpoint-certificate.ts";
import { parseInput } from "@/lib/model/parse-input.ts";
import { removeCertificate } from "@/lib/server/certificates/remove-certificate.ts";
import { renewCertificate } from "@/lib/server/certificates/renew-certificate.ts";
import {
  removeCertificateOperation,
  renewCertificateOperation,
  representationFromCertificate,
} from "@/lib/server/http/certificate-operations.ts";
import { restRoute, serve } from "@/lib/server/http/rest-route.ts";

const renew = serve(renewCertificateOperation, async ({ context, param, json }) => {
  const input = parseInput(renewedCertificateSchema, await json());
  const certificate = await renewCertificate(context, param("apiId"), param("certificateId"), input);
  return { status: 200, body: representationFromCertificate(certificate) };
});

const remove = serve(removeCertificateOperation, async ({ context, param }) => {
  await removeCertificate(context, param("apiId"), param("certificateId"));
  return { status: 200 };
});

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = restRoute(renew, remove);
