"use client";

import Box from "@mui/material/Box";
import { isRecord } from "@/lib/model/wso2-value.ts";

/** Members that are drawn of one object or list; the rest is counted. */
const mostMembers = 500;
/** Levels that are open at first. */
const openLevels = 2;

/** A JSON value as a tree whose branches open and close, by mouse and keyboard. */
export function JsonTree({ value }: { value: unknown }) {
  return (
    <Box
      className="mono"
      sx={{
        fontSize: 13,
        overflowX: "auto",
        overflowWrap: "anywhere",
        "& details > div": { pl: 2.5, borderLeft: 1, borderColor: "divider", ml: 0.5 },
        "& summary": { cursor: "pointer", borderRadius: 0.5 },
      }}
    >
      <Branch name={undefined} value={value} level={0} />
    </Box>
  );
}

type BranchProps = { name: string | undefined; value: unknown; level: number };

function Branch({ name, value, level }: BranchProps) {
  const members = Array.isArray(value)
    ? value.map((member: unknown, index) => [String(index), member] as const)
    : isRecord(value)
      ? Object.entries(value)
      : undefined;
  const label = name === undefined ? null : <span style={{ opacity: 0.75 }}>{name}: </span>;
  if (!members)
    return (
      <div>
        {label}
        <Leaf value={value} />
      </div>
    );
  const [open, close] = Array.isArray(value) ? ["[", "]"] : ["{", "}"];
  if (members.length === 0)
    return (
      <div>
        {label}
        {open}
        {close}
      </div>
    );
  return (
    <details open={level < openLevels}>
      <summary>
        {label}
        {open}
        <span style={{ opacity: 0.75 }}> {members.length} </span>
        {close}
      </summary>
      <div>
        {members.slice(0, mostMembers).map(([key, member]) => (
          <Branch key={key} name={key} value={member} level={level + 1} />
        ))}
        {members.length > mostMembers && <div>… {members.length - mostMembers} more</div>}
      </div>
    </details>
  );
}

function Leaf({ value }: { value: unknown }) {
  const color = typeof value === "string" ? "success.main" : typeof value === "number" ? "info.main" : "warning.main";
  return (
    <Box component="span" sx={{ color }}>
      {JSON.stringify(value)}
    </Box>
  );
}
