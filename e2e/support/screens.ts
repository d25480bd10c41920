import type { PublishedApi } from "./publish.ts";

const apiScreens = [
  "overview",
  "design",
  "runtime",
  "resources",
  "endpoints",
  "try-out",
  "requests",
  "subscriptions",
  "lifecycle",
  "definition",
  "environments",
  "properties",
  "documents",
  "documents/new",
  "publishing",
  "history",
];

/** Every screen that an administrator can open, as paths; names in capitals stand for APIs. */
export const screens = [
  "/apis",
  "/apis?layout=table",
  "/apis?query=nothing-like-it",
  "/apis/create",
  "/apis/create/openapi",
  "/apis/import",
  "/apis/deleted",
  ...apiScreens.map((screen) => `/apis/BALANCED/${screen}`),
  "/apis/FAILING/endpoints",
  "/apis/LAYERED/endpoints",
  "/apis/00000000-0000-4000-8000-000000000000/overview",
  "/admin/apis",
  "/admin/apis/BALANCED",
  "/admin/users",
  "/admin/gateways",
  "/admin/rate-limits",
  "/admin/audit",
  "/admin/audit?action=api&subject=b",
  "/admin/system",
  "/admin/apis?notLive=true",
  "/account",
];

/** The APIs that {@link screens} names. */
export type ScreenApis = { BALANCED: PublishedApi; FAILING: PublishedApi; LAYERED: PublishedApi };

/** The path of a screen, with the ids of APIs for their names. */
export function screenPath(screen: string, apis: ScreenApis): string {
  return Object.entries(apis).reduce((path, [name, { id }]) => path.replace(name, id), screen);
}
