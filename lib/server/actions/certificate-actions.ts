"use server";

import type { ActionResult } from "../../model/action-result.ts";
import type {
  EndpointCertificate,
  NewCertificate,
  PresentedCertificate,
  PresentedCertificateRequest,
  RenewedCertificate,
} from "../../model/endpoint-certificate.ts";
import { parseInput } from "../../model/parse-input.ts";
import { addCertificate } from "../certificates/add-certificate.ts";
import { getPresentedCertificate } from "../certificates/get-presented-certificate.ts";
import { removeCertificate } from "../certificates/remove-certificate.ts";
import { renewCertificate } from "../certificates/renew-certificate.ts";
import { idSchema } from "./id-schema.ts";
import { runAction } from "./run-action.ts";

/** Add a certificate. */
export async function addCertificateAction(
  apiId: string,
  input: NewCertificate,
): Promise<ActionResult<EndpointCertificate>> {
  return runAction((context) => addCertificate(context, parseInput(idSchema, apiId), input));
}

/** Renew a certificate. */
export async function renewCertificateAction(
  apiId: string,
  certificateId: string,
  input: RenewedCertificate,
): Promise<ActionResult<EndpointCertificate>> {
  return runAction((context) =>
    renewCertificate(context, parseInput(idSchema, apiId), parseInput(idSchema, certificateId), input),
  );
}

/** Remove a certificate. */
export async function removeCertificateAction(apiId: string, certificateId: string): Promise<ActionResult<void>> {
  return runAction((context) =>
    removeCertificate(context, parseInput(idSchema, apiId), parseInput(idSchema, certificateId)),
  );
}

/** Look at the certificate that a host shows. */
export async function getPresentedCertificateAction(
  request: PresentedCertificateRequest,
): Promise<ActionResult<PresentedCertificate>> {
  return runAction((context) => getPresentedCertificate(context, request));
}
