/**
 * Transport error codes of Apache Synapse (`SynapseConstants`), in which endpoint policies are written, with the words
 * that a person reads. Source: the WSO2 documentation on endpoint error codes.
 */
export const errorCodes = {
  101000: "Receiver I/O error while sending",
  101001: "Receiver I/O error while receiving",
  101500: "Sender I/O error while sending",
  101501: "Sender I/O error while receiving",
  101503: "Connection failed",
  101504: "Connection timed out",
  101505: "Connection closed",
  101506: "Protocol violation",
  101507: "Connect cancelled",
  101508: "Connect timed out",
  101509: "Send aborted",
  101510: "Response processing failed",
} as const;

/** A code that an attempt at an endpoint can end with. */
export type ErrorCode = keyof typeof errorCodes;

/** All codes in ascending order, as the dialogs offer them. */
export const errorCodeList: readonly ErrorCode[] = [
  101000, 101001, 101500, 101501, 101503, 101504, 101505, 101506, 101507, 101508, 101509, 101510,
];

/** The words for a code; a stored code that the list does not know is named as such. */
export function errorCodeText(code: number): string {
  return Object.entries(errorCodes).find(([known]) => Number(known) === code)?.[1] ?? `Code ${code}`;
}

/** Codes of the gateway itself, from Synapse: nothing was attempted, or the session's endpoint was not ready. */
export const notReadyCodes = { group: 303000, endpoint: 303001, session: 309001 } as const;

/** Code of the gateway itself: there is no token, or none of its other credentials, to show to the endpoint. */
export const noCredentialsCode = "303900";

/** Codes of the gateway itself, from WSO2: a limit of the API, of who calls, or of the operation, has no room. */
export const limitCodes = { api: "900803", key: "900804", consumer: "900804", operation: "900802" } as const;

/** Codes of the gateway itself, from WSO2: what a token may not do, and that its issuer's keys cannot be had. */
export const tokenCodes = { scope: "900910", keysUnavailable: "900900" } as const;

/** Code of the gateway itself, from WSO2: the API has no such operation. */
export const noOperationCode = "900906";
