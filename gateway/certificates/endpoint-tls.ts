import { createHash } from "node:crypto";
import { createSecureContext, getCACertificates, type SecureContext } from "node:tls";
import type { Logger } from "pino";
import { sealingKey, unseal } from "../../lib/db/sealed-text.ts";
import { isForHost, type SnapshotCertificate } from "../../lib/model/endpoint-certificate.ts";
import type { EndpointTarget } from "../../lib/model/endpoint-target.ts";

/** How connections to an endpoint are secured where it has certificates of its own. The same object for the same ones. */
export type EndpointTls = {
  /** Made when the first connection needs it: that reads every authority that is trusted. */
  readonly secureContext: SecureContext;
};

export type EndpointTlsOptions = {
  /** FAIRLEAD_SECRET, under which private keys are sealed. */
  secret: string;
  /** Told once of certificates that cannot be used, and why; connections are then made without them. */
  onUnusable: (host: string, error: Error) => void;
};

/** Most sets of certificates that are kept ready; beyond, the one that was made first is forgotten. */
const maxKept = 1_000;

/**
 * The certificates of all APIs, ready for connections. Endpoints with the same ones share what was made of them, also
 * across reloads, so that a reload which changes none lets connections be.
 */
export class EndpointTlsStore {
  readonly #key: Buffer;
  readonly #onUnusable: EndpointTlsOptions["onUnusable"];
  readonly #kept = new Map<string, EndpointTls>();

  constructor({ secret, onUnusable }: EndpointTlsOptions) {
    this.#key = sealingKey(secret);
    this.#onUnusable = onUnusable;
  }

  /** What is meant for an endpoint; undefined: nothing, it is reached as any other host is. */
  for(certificates: readonly SnapshotCertificate[], target: EndpointTarget): EndpointTls | undefined {
    if (target.protocol !== "https:") return undefined;
    const meant = certificates.filter(({ host }) => isForHost(host, target.hostname, target.port));
    if (meant.length === 0) return undefined;
    const name = createHash("sha256").update(JSON.stringify(meant)).digest("base64");
    const kept = this.#kept.get(name);
    if (kept) return kept;
    const made = this.#make(meant, target);
    this.#kept.set(name, made);
    const [first] = this.#kept.keys();
    if (this.#kept.size > maxKept && first !== undefined) this.#kept.delete(first);
    return made;
  }

  #make(certificates: readonly SnapshotCertificate[], { host }: EndpointTarget): EndpointTls {
    let made: SecureContext | undefined;
    const create = () => {
      try {
        return createSecureContext(this.#options(certificates));
      } catch (error) {
        this.#onUnusable(host, error instanceof Error ? error : new Error(String(error)));
        return createSecureContext({});
      }
    };
    return {
      get secureContext() {
        made ??= create();
        return made;
      },
    };
  }

  #options(certificates: readonly SnapshotCertificate[]) {
    const trusted = certificates.filter(({ kind }) => kind === "trusted").map(({ certificate }) => certificate);
    const client = closest(certificates.filter((one) => one.kind === "client"));
    const privateKey = client && unseal(client.privateKey, this.#key);
    if (client && privateKey === undefined) throw new Error("the private key was sealed under another FAIRLEAD_SECRET");
    return {
      // Trusted ones stand beside the authorities that are trusted anyway; a server's own certificate is enough.
      ...(trusted.length > 0 && { ca: [...getCACertificates("default"), ...trusted], allowPartialTrustChain: true }),
      ...(client && { cert: client.certificate, key: privateKey }),
    };
  }
}

/** Says in the log which endpoints are reached without the certificates that they have. */
export function unusableCertificates(log: Logger): EndpointTlsOptions["onUnusable"] {
  return (host, error) => log.error({ host, reason: error.message }, "certificates of an endpoint cannot be used");
}

/** The one for a host and port comes before the one for a host at every port. */
function closest<Certificate extends { host: string }>(certificates: readonly Certificate[]): Certificate | undefined {
  return certificates.toSorted((one, other) => other.host.length - one.host.length)[0];
}
