import "server-only";
import { z } from "zod";
import { failoverStatusesSchema, healthCheckSchema, slowStartMsSchema } from "../../model/group-settings.ts";

const member = z
  .looseObject({
    url: z.string(),
    config: z.unknown().optional().meta({ description: "Suspension, timeouts and error codes, as WSO2 stores them." }),
    weight: z.number().optional().meta({ description: "Share compared with the others', 1 to 100. WSO2 ignores it." }),
    tier: z.number().optional().meta({
      description: "Pool of a tiered group, from 1, in a document of type failover. WSO2 ignores it.",
    }),
  })
  .meta({ description: "One endpoint." });

const memberOrMembers = z.union([member, z.array(member)]);

/** `endpointConfig` as we write it: the interchange form of WSO2 API Manager. Keys we do not know are kept. */
export const endpointConfigRepresentation = z
  .looseObject({
    endpoint_type: z.enum(["http", "address", "load_balance", "failover"]),
    production_endpoints: memberOrMembers.optional(),
    sandbox_endpoints: memberOrMembers.optional(),
    production_failovers: z.array(member).optional(),
    sandbox_failovers: z.array(member).optional(),
    algoCombo: z.string().optional(),
    algoClassName: z.string().optional(),
    sessionManagement: z.enum(["", "http", "soap", "simpleClientSession"]).optional(),
    sessionTimeOut: z.string().optional().meta({ description: "Milliseconds." }),
    failOver: z.boolean().optional(),
    retryNonIdempotent: z.boolean().optional().meta({ description: "WSO2 ignores it, as the three below." }),
    failoverStatuses: failoverStatusesSchema.optional(),
    healthCheck: healthCheckSchema.optional(),
    slowStartMs: slowStartMsSchema.optional(),
  })
  .meta({ id: "EndpointConfig", description: "Endpoints of an API, in the form of WSO2 API Manager." });

/** `endpointConfig` as we read it: an object, or that object as a JSON string. What is in it, the codec tells. */
export const endpointConfigInput = z
  .union([z.record(z.string(), z.unknown()), z.string()], { error: "An endpoint configuration is a JSON object." })
  .meta({
    id: "EndpointConfigInput",
    description: "An EndpointConfig, or the same as a JSON string. Numbers may be strings, lists may be comma lists.",
  });
