import dns from "node:dns";
import type { LookupFunction } from "node:net";
import { isRefusedAddress } from "./refused-address.ts";

/** A host that the publisher does not connect to for anybody, or that resolves to one. */
export class RefusedAddressError extends Error {}

/**
 * Looks a name up for connections that the publisher makes for somebody, and refuses it with a {@link RefusedAddressError}
 * when any of its addresses is refused: the connection could go to each of them. An address that stands in a URL is not
 * looked up: ask {@link isRefusedAddress} first.
 */
export const lookupAllowed: LookupFunction = (hostname, options, callback) => {
  dns.lookup(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) return callback(error, "", 0);
    if (addresses.some(({ address }) => isRefusedAddress(address))) {
      return callback(new RefusedAddressError(`${hostname} resolves to a refused address`), "", 0);
    }
    if (options.all) return callback(null, addresses);
    const [first] = addresses;
    return first ? callback(null, first.address, first.family) : callback(new Error("no address"), "", 0);
  });
};
