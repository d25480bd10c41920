import Box from "@mui/material/Box";
import type { RecordedEndpoint } from "@/lib/model/decision-record.ts";
import { nameOf } from "@/lib/model/explain-decision.ts";
import type { ConfiguredMember } from "./configured-members.ts";

type MemberNameProps = { endpoint: RecordedEndpoint; members: readonly ConfiguredMember[] };

/** An endpoint by its place in the group and its URL; by what the record says, where the configuration has changed. */
export function MemberName({ endpoint, members }: MemberNameProps) {
  const { url, label = "" } = members.find(({ id }) => id === endpoint.id) ?? {};
  const isSame =
    url !== undefined && (endpoint.origin === null || new URL(url).origin === new URL(endpoint.origin).origin);
  return (
    <Box component="span" sx={{ color: "text.primary" }}>
      {label !== "" && `${label} `}
      <Box component="span" className="mono" sx={{ fontSize: "0.8125rem" }}>
        {isSame ? url : nameOf(endpoint)}
      </Box>
    </Box>
  );
}
