"use client";

import Chip from "@mui/material/Chip";
import Table from "@mui/material/Table";
import TableBody from "@mui/material/TableBody";
import TableCell from "@mui/material/TableCell";
import TableHead from "@mui/material/TableHead";
import TableRow from "@mui/material/TableRow";
import Typography from "@mui/material/Typography";
import { RelativeTime } from "@/components/ui/relative-time.tsx";
import type { UserSummary } from "@/lib/model/account.ts";
import { roleNames } from "./role-names.ts";
import { ScrollRegion } from "./scroll-region.tsx";
import { StateLabel } from "./state-label.tsx";
import type { AskedUserChange } from "./user-change-dialog.tsx";
import { UserMenu } from "./user-menu.tsx";

type UserTableProps = { users: readonly UserSummary[]; ownId: string; onAsk: (change: AskedUserChange) => void };

/** People, each with a menu of what can be done. */
export function UserTable({ users, ownId, onAsk }: UserTableProps) {
  const administrators = users.filter(({ role, active }) => role === "admin" && active);
  return (
    <ScrollRegion label="Users">
      <Table>
        <TableHead>
          <TableRow>
            <TableCell>Name</TableCell>
            <TableCell>Role</TableCell>
            <TableCell>State</TableCell>
            <TableCell>Second factor</TableCell>
            <TableCell align="right">APIs</TableCell>
            <TableCell align="right">Sessions</TableCell>
            <TableCell>Last seen</TableCell>
            <TableCell align="right">Actions</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {users.map((user) => (
            <TableRow key={user.id} hover>
              <TableCell component="th" scope="row">
                {user.name} {user.id === ownId && <Chip label="You" size="small" variant="outlined" />}
                <Typography variant="body2" color="textSecondary">
                  {user.email}
                </Typography>
              </TableCell>
              <TableCell>{roleNames[user.role]}</TableCell>
              <TableCell>
                {user.active ? <StateLabel word="Active" tone="good" /> : <StateLabel word="Deactivated" tone="off" />}
              </TableCell>
              <TableCell>
                {user.hasSecondFactor ? <StateLabel word="On" tone="good" /> : <StateLabel word="Off" tone="off" />}
              </TableCell>
              <TableCell align="right">{user.apis}</TableCell>
              <TableCell align="right">{user.openSessions}</TableCell>
              <TableCell>{user.lastSeenAt ? <RelativeTime date={user.lastSeenAt} /> : "Never"}</TableCell>
              <TableCell align="right">
                <UserMenu
                  user={user}
                  isSelf={user.id === ownId}
                  isLastAdministrator={administrators.length === 1 && administrators[0]?.id === user.id}
                  onAsk={onAsk}
                />
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </ScrollRegion>
  );
}
