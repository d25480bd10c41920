import "server-only";
import { z } from "zod";
import {
  certificateKinds,
  type EndpointCertificate,
  newCertificateSchema,
  renewedCertificateSchema,
} from "../../model/endpoint-certificate.ts";
import type { Operation } from "./operation.ts";
import { noQuery } from "./query-parts.ts";

const certificateRepresentation = z
  .strictObject({
    id: z.uuid(),
    kind: z.enum(certificateKinds),
    alias: z.string(),
    host: z.string().meta({ description: "Host of the endpoints that it is for; without a port: at every port." }),
    certificate: z.string().meta({ description: "PEM, with its chain. A private key never comes out." }),
    subject: z.string(),
    issuer: z.string(),
    serialNumber: z.string(),
    fingerprint: z.string().meta({ description: "SHA-256." }),
    validFrom: z.iso.datetime(),
    validTo: z.iso.datetime(),
    createdBy: z.string(),
    createdTime: z.iso.datetime(),
  })
  .meta({ id: "EndpointCertificate" });

export function representationFromCertificate(
  certificate: EndpointCertificate,
): z.input<typeof certificateRepresentation> {
  const { validFrom, validTo, createdAt, ...rest } = certificate;
  return {
    ...rest,
    validFrom: validFrom.toISOString(),
    validTo: validTo.toISOString(),
    createdTime: createdAt.toISOString(),
  };
}

export const listCertificatesOperation = {
  method: "GET",
  path: "/apis/{apiId}/endpoint-certificates",
  operationId: "getEndpointCertificates",
  summary: "Certificates that gateways trust at an API's endpoints, or show there; those that end first first",
  query: noQuery,
  answer: {
    status: 200,
    description: "The certificates",
    body: z
      .strictObject({ count: z.int(), list: z.array(certificateRepresentation) })
      .meta({ id: "EndpointCertificateList" }),
  },
  errors: [403, 404],
} as const satisfies Operation;

export const addCertificateOperation = {
  method: "POST",
  path: "/apis/{apiId}/endpoint-certificates",
  operationId: "addEndpointCertificate",
  summary: "Add a certificate for TLS to an API's endpoints",
  query: noQuery,
  body: newCertificateSchema.meta({ id: "NewEndpointCertificate" }),
  answer: { status: 201, description: "The certificate", body: certificateRepresentation },
  errors: [400, 403, 404, 409, 413, 415],
} as const satisfies Operation;

export const renewCertificateOperation = {
  method: "PUT",
  path: "/apis/{apiId}/endpoint-certificates/{certificateId}",
  operationId: "renewEndpointCertificate",
  summary: "Put a newer certificate in the place of one",
  query: noQuery,
  body: renewedCertificateSchema.meta({ id: "RenewedEndpointCertificate" }),
  answer: { status: 200, description: "The certificate", body: certificateRepresentation },
  errors: [400, 403, 404, 413, 415],
} as const satisfies Operation;

export const removeCertificateOperation = {
  method: "DELETE",
  path: "/apis/{apiId}/endpoint-certificates/{certificateId}",
  operationId: "removeEndpointCertificate",
  summary: "Remove a certificate",
  query: noQuery,
  answer: { status: 200, description: "It is gone" },
  errors: [403, 404],
} as const satisfies Operation;

export const certificateOperations: readonly Operation[] = [
  listCertificatesOperation,
  addCertificateOperation,
  renewCertificateOperation,
  removeCertificateOperation,
];
