import Box from "@mui/material/Box";
import type { RecordedEndpoint } from "@/lib/model/decision-record.ts";
import { nameOf } from "@/lib/model/explain-decision.ts";

/** A member as it is configured now. */
export type ConfiguredMember = { id: string; url: string };

type MemberNameProps = { endpoint: RecordedEndpoint; members: readonly ConfiguredMember[] };

/** An endpoint by its place in the group and its URL; by what the record says, where the configuration has changed. */
export function MemberName({ endpoint, members }: MemberNameProps) {
  const position = members.findIndex(({ id }) => id === endpoint.id);
  const url = members[position]?.url;
  const isSame =
    url !== undefined && (endpoint.origin === null || new URL(url).origin === new URL(endpoint.origin).origin);
  return (
    <Box component="span" sx={{ color: "text.primary" }}>
      {position !== -1 && `Member ${position + 1} `}
      <Box component="span" className="mono" sx={{ fontSize: "0.8125rem" }}>
        {isSame ? url : nameOf(endpoint)}
      </Box>
    </Box>
  );
}
