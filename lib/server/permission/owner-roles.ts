import { type UserRole, userRoles } from "../../model/account.ts";
import { permissionTable } from "./permission-table.ts";

/** Roles whose people can do something with an API of their own. */
export const ownerRoles: readonly UserRole[] = userRoles.filter(
  (role) => permissionTable["api.update"][role] !== "none",
);
