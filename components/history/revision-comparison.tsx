import Alert from "@mui/material/Alert";
import Box from "@mui/material/Box";
import Stack from "@mui/material/Stack";
import { ChangeList } from "@/components/api-settings/change-list.tsx";
import type { DocumentChange } from "@/lib/model/document-diff.ts";
import { ChangeSentences } from "./change-sentences.tsx";
import { CompareLink } from "./compare-link.tsx";
import { RevisionPicker } from "./revision-picker.tsx";

type RevisionComparisonProps = {
  path: string;
  revisions: readonly { revision: number; action: string; actorName: string }[];
  from: number;
  to: number;
  changes: readonly DocumentChange[];
  /** The revision that is stored now. */
  present: number;
  /** The gateways that run a revision, by name. */
  gatewaysByRevision: ReadonlyMap<number, readonly string[]>;
};

/** What differs between two revisions, and between what is stored and what a gateway that is behind still runs. */
export function RevisionComparison(props: RevisionComparisonProps) {
  const { path, revisions, from, to, changes, present, gatewaysByRevision } = props;
  const behind = [...gatewaysByRevision].filter(([revision]) => revision !== present);
  return (
    <Stack sx={{ gap: 2.5 }}>
      {behind.map(([revision, hosts]) => (
        <Alert
          key={revision}
          severity="warning"
          action={<CompareLink path={path} from={revision} to={present} label="Compare" />}
        >
          {hosts.join(", ")} still {hosts.length > 1 ? "run" : "runs"} revision {revision}, not {present}.
        </Alert>
      ))}
      <RevisionPicker path={path} revisions={revisions} from={from} to={to} />
      <ChangeSentences changes={changes} />
      {changes.length > 0 && (
        <Box component="details">
          <Box component="summary" sx={{ cursor: "pointer", mb: 1.5, width: "fit-content" }}>
            Before and after, in full
          </Box>
          <ChangeList changes={changes} />
        </Box>
      )}
    </Stack>
  );
}
