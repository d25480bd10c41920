import { certificateFromRow } from "../../db/certificate-row.ts";
import type { Transaction } from "../../db/client.ts";
import { seal, sealingKey } from "../../db/sealed-text.ts";
import {
  type EndpointCertificate,
  maxCertificates,
  type NewCertificate,
  newCertificateSchema,
} from "../../model/endpoint-certificate.ts";
import { parseInput } from "../../model/parse-input.ts";
import { Problem } from "../../model/problem.ts";
import { changeBesideDocument } from "../apis/change-beside-document.ts";
import { subjectOf } from "../apis/write-api.ts";
import { recordAudit } from "../audit/record-audit.ts";
import type { ServerContext } from "../context.ts";
import { requirePermission } from "../permission/require-permission.ts";
import { certificateDetail } from "./certificate-detail.ts";
import { readCertificate, readPrivateKey } from "./read-certificate.ts";

/**
 * Gives an API a certificate for TLS to its endpoints; gateways use it for new connections from then on. A private key is
 * stored sealed and never comes out again. Problems: invalid, not-found, forbidden; conflict at `alias` or `host`.
 */
export async function addCertificate(
  context: ServerContext,
  apiId: string,
  input: NewCertificate,
): Promise<EndpointCertificate> {
  const permission = requirePermission(context, "certificate.add");
  const given = parseInput(newCertificateSchema, input);
  const { kind, alias, host } = given;
  return changeBesideDocument(context, permission, apiId, async (tx, api) => {
    const { pem, leaf, facts } = readCertificate(given.certificate, context.now());
    const privateKey =
      given.kind === "client"
        ? seal(readPrivateKey(given.privateKey, given.passphrase, leaf), sealingKey(context.secret))
        : null;
    await refuseTaken(tx, api.id, { kind, alias, host });
    const row = await tx.endpointCertificate.create({
      data: {
        ...{ apiId: api.id, kind, alias, host, certificate: pem, privateKey, ...facts },
        createdBy: context.actor.name,
        createdAt: context.now(),
      },
    });
    const certificate = certificateFromRow(row);
    await recordAudit(tx, context, {
      action: "certificate.add",
      ...subjectOf(api),
      detail: certificateDetail(certificate),
    });
    return certificate;
  });
}

async function refuseTaken(
  tx: Transaction,
  apiId: string,
  { kind, alias, host }: Pick<EndpointCertificate, "kind" | "alias" | "host">,
): Promise<void> {
  const present = await tx.endpointCertificate.findMany({
    where: { apiId },
    select: { alias: true, host: true, kind: true },
  });
  if (present.some((one) => one.alias === alias)) {
    throw conflict(
      "alias",
      `This API has a certificate named ${alias} already. Renew that one, or choose another name.`,
    );
  }
  if (kind === "client" && present.some((one) => one.kind === "client" && one.host === host)) {
    throw conflict("host", `There is a client certificate for ${host} already. Renew it, or remove it first.`);
  }
  if (present.length >= maxCertificates) {
    throw new Problem(
      "conflict",
      `An API has at most ${maxCertificates} certificates. Remove those that have expired.`,
    );
  }
}

function conflict(path: string, message: string): Problem {
  return new Problem("conflict", message, [{ path, message }]);
}
