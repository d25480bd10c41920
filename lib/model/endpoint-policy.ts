import { z } from "zod";

const wholeMs = (label: string) =>
  z
    .number({ error: `${label} is a whole number of milliseconds, 0 or more.` })
    .int(`${label} is a whole number of milliseconds.`)
    .min(0, `${label} cannot be negative.`)
    .max(2_147_483_647, `${label} is at most 2147483647 ms (about 24 days).`);

const codeList = z
  .array(
    z
      .number({ error: "An error code is a whole number such as 101504." })
      .int("An error code is a whole number such as 101504.")
      .min(-1, "An error code is a whole number such as 101504; only -1 (no code at all) may be negative.")
      .max(999_999, "An error code has at most six digits."),
  )
  .max(50, "At most 50 error codes.");

/**
 * What a publisher set for one endpoint ("Advanced Configurations"). Every field may be absent: then the default of
 * {@link defaultEndpointPolicy} is in effect. Source: `EndpointDefinition` of Apache Synapse.
 */
export const endpointSettingsSchema = z.strictObject({
  /** Codes that suspend; absent or empty: every code. The single code -1 matches nothing. */
  suspendErrorCodes: codeList.optional(),
  /** First duration of a suspension series, ms. */
  suspendInitialDurationMs: wholeMs("Initial Duration").optional(),
  /** Upper bound of a suspension, ms; absent: none. */
  suspendMaximumDurationMs: wholeMs("Max Duration").optional(),
  /** Progression of the series; may be a fraction, 0 or more. */
  suspendFactor: z
    .number({ error: "Factor is a number, 0 or more, for example 1.5." })
    .min(0, "Factor cannot be negative.")
    .max(1000, "Factor is at most 1000.")
    .optional(),
  /** Codes that mark for suspension; absent or empty: 101504 and 101505. */
  timeoutErrorCodes: codeList.optional(),
  /** Errors that leave the endpoint in TIMEOUT before the next one suspends it. */
  retriesBeforeSuspension: z
    .number({ error: "Retries Before Suspension is a whole number, 0 or more." })
    .int("Retries Before Suspension is a whole number.")
    .min(0, "Retries Before Suspension cannot be negative.")
    .max(1_000_000, "Retries Before Suspension is at most 1000000.")
    .optional(),
  /** How long an endpoint in TIMEOUT is passed by, ms. */
  retryDelayMs: wholeMs("Retry Delay").optional(),
  /** After a response timeout: fail over (fault), or give up (discard). */
  timeoutAction: z.enum(["fault", "discard"]).optional(),
  /** From sending the request until response headers, ms; 0 or absent: the default. */
  responseTimeoutMs: wholeMs("Duration").optional(),
  /** Codes after which this endpoint's request is never tried elsewhere. */
  disabledErrorCodes: codeList.optional(),
});
export type EndpointSettings = z.infer<typeof endpointSettingsSchema>;

/** Settings with every default filled in: what the endpoint machine works with. Times in ms. */
export type EndpointPolicy = {
  suspendErrorCodes: readonly number[];
  suspendInitialDurationMs: number;
  suspendMaximumDurationMs: number;
  suspendFactor: number;
  /** Initial Duration 0 disables suspension, as WSO2's template does. */
  suspensionDisabled: boolean;
  timeoutErrorCodes: readonly number[];
  retriesBeforeSuspension: number;
  retryDelayMs: number;
  timeoutAction: "fault" | "discard";
  responseTimeoutMs: number;
  connectTimeoutMs: number;
  disabledErrorCodes: readonly number[];
};

/** What is in effect where a publisher set nothing. Source: Synapse, but for the durations, which are WSO2's template's. */
export const defaultEndpointPolicy: EndpointPolicy = {
  suspendErrorCodes: [],
  suspendInitialDurationMs: 30_000,
  suspendMaximumDurationMs: Number.POSITIVE_INFINITY,
  suspendFactor: 1,
  suspensionDisabled: false,
  timeoutErrorCodes: [101504, 101505],
  retriesBeforeSuspension: 0,
  retryDelayMs: 0,
  timeoutAction: "fault",
  responseTimeoutMs: 30_000,
  connectTimeoutMs: 5_000,
  disabledErrorCodes: [],
};

/** The policy in effect for an endpoint with these settings. */
export function endpointPolicy(settings: EndpointSettings): EndpointPolicy {
  const standard = defaultEndpointPolicy;
  const timeoutCodes = settings.timeoutErrorCodes;
  return {
    suspendErrorCodes: settings.suspendErrorCodes ?? standard.suspendErrorCodes,
    suspendInitialDurationMs: settings.suspendInitialDurationMs ?? standard.suspendInitialDurationMs,
    // A stored maximum of 0 with an initial duration set means "none", as an absent one does.
    suspendMaximumDurationMs: settings.suspendMaximumDurationMs || standard.suspendMaximumDurationMs,
    suspendFactor: settings.suspendFactor ?? standard.suspendFactor,
    suspensionDisabled: settings.suspendInitialDurationMs === 0,
    timeoutErrorCodes: timeoutCodes && timeoutCodes.length > 0 ? timeoutCodes : standard.timeoutErrorCodes,
    retriesBeforeSuspension: settings.retriesBeforeSuspension ?? standard.retriesBeforeSuspension,
    retryDelayMs: settings.retryDelayMs ?? standard.retryDelayMs,
    timeoutAction: settings.timeoutAction ?? standard.timeoutAction,
    responseTimeoutMs: settings.responseTimeoutMs || standard.responseTimeoutMs,
    connectTimeoutMs: standard.connectTimeoutMs,
    disabledErrorCodes: settings.disabledErrorCodes ?? standard.disabledErrorCodes,
  };
}
