import type { GroupRuntime } from "../endpoints/group-runtime.ts";
import { isXmlType } from "../proxy/client-identity.ts";
import type { GatewayApi } from "../routing/gateway-api.ts";
import type { RouteMatch } from "../routing/routing-table.ts";
import { fieldId } from "./field-name.ts";
import type { RequestHead } from "./request-head.ts";

/**
 * The one decision between the two paths, beside what is unusual in a head: endpoints over TLS or with credentials of
 * their own, sessions that are named in the body, and what is changed in fields or answered to browsers.
 */
export function isForOtherPath({ route }: RouteMatch<GatewayApi>, buffer: Buffer, head: RequestHead): boolean {
  const { cors, requestEdits, responseEdits } = route.rules;
  if (cors !== undefined || requestEdits !== undefined || responseEdits !== undefined) return true;
  const { production, sandbox } = route.groups;
  return isGroupForOtherPath(production, buffer, head) || isGroupForOtherPath(sandbox, buffer, head);
}

function isGroupForOtherPath(group: GroupRuntime | undefined, buffer: Buffer, { fields }: RequestHead): boolean {
  if (!group) return false;
  if (group.hasTls || group.credentials) return true;
  switch (group.session.kind) {
    case "none":
    case "transport":
      return false;
    case "soap":
      return true;
    case "client-id":
      return fields.countOf(fieldId.clientid) === 0 && isXmlType(fields.textOf(buffer, fieldId["content-type"]) ?? "");
  }
}
