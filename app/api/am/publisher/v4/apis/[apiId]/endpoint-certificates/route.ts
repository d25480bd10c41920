import { newCertificateSchema } from "@/lib/model/endpoint-certificate.ts";
import { parseInput } from "@/lib/model/parse-input.ts";
import { addCertificate } from "@/lib/server/certificates/add-certificate.ts";
import { listCertificates } from "@/lib/server/certificates/list-certificates.ts";
import {
  addCertificateOperation,
  listCertificatesOperation,
  representationFromCertificate,
} from "@/lib/server/http/certificate-operations.ts";
import { restRoute, serve } from "@/lib/server/http/rest-route.ts";

const list = serve(listCertificatesOperation, async ({ context, param }) => {
  const certificates = await listCertificates(context, param("apiId"));
  return { status: 200, body: { count: certificates.length, list: certificates.map(representationFromCertificate) } };
});

const add = serve(addCertificateOperation, async ({ context, param, json }) => {
  const input = parseInput(newCertificateSchema, await json());
  return { status: 201, body: representationFromCertificate(await addCertificate(context, param("apiId"), input)) };
});

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = restRoute(list, add);
