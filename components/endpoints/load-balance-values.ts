import type { Control } from "react-hook-form";
import { z } from "zod";
import { algorithms, sessionKinds, sessionSchema } from "@/lib/model/endpoint-config.ts";
import { typedNumberSchema } from "./endpoint-settings-values.ts";
import type { EndpointsDraft } from "./endpoints-draft.ts";

/** What the Load Balance Configurations dialog holds; a timeout that is left empty follows the default. */
export const loadBalanceFormSchema = z
  .object({
    algorithm: z.enum(algorithms),
    kind: z.enum(sessionKinds),
    timeoutMs: typedNumberSchema.pipe(sessionSchema.shape.timeoutMs),
    failover: z.boolean(),
  })
  .transform(({ kind, timeoutMs, failover }) => ({
    session: { kind, ...(timeoutMs === undefined ? {} : { timeoutMs }) },
    failover,
  }));
export type TypedLoadBalance = z.input<typeof loadBalanceFormSchema>;

/** The open dialog's fields. */
export type LoadBalanceControl = Control<TypedLoadBalance, unknown, z.output<typeof loadBalanceFormSchema>>;

/** The dialog's fields for what the form holds. */
export function typedLoadBalance({
  session,
  failover,
}: Pick<EndpointsDraft, "session" | "failover">): TypedLoadBalance {
  const timeoutMs = session.timeoutMs === undefined ? "" : String(session.timeoutMs);
  return { algorithm: algorithms[0], kind: session.kind, timeoutMs, failover };
}
