"use client";

import Chip from "@mui/material/Chip";
import Table from "@mui/material/Table";
import TableBody from "@mui/material/TableBody";
import TableCell from "@mui/material/TableCell";
import TableHead from "@mui/material/TableHead";
import TableRow from "@mui/material/TableRow";
import Typography from "@mui/material/Typography";
import { RelativeTime } from "@/components/ui/relative-time.tsx";
import type { UserRole } from "@/lib/model/account.ts";
import { roleNames } from "./role-names.ts";
import { ScrollRegion } from "./scroll-region.tsx";
import { StateLabel } from "./state-label.tsx";
import type { AskedUserChange } from "./user-change-dialog.tsx";
import { UserMenu } from "./user-menu.tsx";

/** A person as administrators see them. */
export type UserLine = {
  id: string;
  name: string;
  email: string;
  role: UserRole;
  active: boolean;
  createdAt: Date;
  /** Open sessions. */
  sessions: number;
};

type UserTableProps = { users: readonly UserLine[]; ownId: string; onAsk: (change: AskedUserChange) => void };

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
            <TableCell align="right">Sessions</TableCell>
            <TableCell>Added</TableCell>
            <TableCell align="right">Actions</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {users.map((user) => (
            <TableRow key={user.id} hover>
              <TableCell component="th" scope="row">
                {user.name} {user.id === ownId && <Chip label="You" size="small" variant="outlined" />}
                <Typography variant="body2" color="text.secondary">
                  {user.email}
                </Typography>
              </TableCell>
              <TableCell>{roleNames[user.role]}</TableCell>
              <TableCell>
                {user.active ? <StateLabel word="Active" tone="good" /> : <StateLabel word="Deactivated" tone="off" />}
              </TableCell>
              <TableCell align="right">{user.sessions}</TableCell>
              <TableCell>
                <RelativeTime date={user.createdAt} />
              </TableCell>
              <TableCell align="right">
                <UserMenu
                  user={user}
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
