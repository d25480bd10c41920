/** One entry of the navigation. */
export type NavigationEntry = { label: string; href: string };

/** Sections of an API in the order its publishers know; only what works is listed. */
const apiSections = [
  ["Overview", "overview"],
  ["Design Configurations", "design"],
  ["Runtime Configurations", "runtime"],
  ["Resources", "resources"],
  ["Endpoints", "endpoints"],
  ["Try out", "try-out"],
  ["Requests", "requests"],
  ["Subscriptions", "subscriptions"],
  ["Lifecycle", "lifecycle"],
  ["API Definition", "definition"],
  ["Environments", "environments"],
  ["Properties", "properties"],
  ["Documents", "documents"],
  ["Publishing", "publishing"],
  ["History", "history"],
] as const;

/** Where administrators look after the installation. */
export const administrationEntries: readonly NavigationEntry[] = [
  { label: "Stored APIs", href: "/admin/apis" },
  { label: "Users", href: "/admin/users" },
  { label: "Gateways", href: "/admin/gateways" },
  { label: "Rate limits", href: "/admin/rate-limits" },
  { label: "Audit log", href: "/admin/audit" },
  { label: "System", href: "/admin/system" },
];

/** The sections of the API that a path belongs to; empty elsewhere. */
export function apiEntries(pathname: string): NavigationEntry[] {
  const [, apis, apiId, section] = pathname.split("/");
  if (apis !== "apis" || !apiId || apiId === "create" || !section) return [];
  return apiSections.map(([label, path]) => ({ label, href: `/apis/${apiId}/${path}` }));
}

/** Whether a path is at an entry or below it. */
export function isAtEntry(pathname: string, href: string): boolean {
  return pathname === href || pathname.startsWith(`${href}/`);
}
