import { apiListRequestSchema, apiSortFields } from "@/lib/model/api-query.ts";
import { type StoredApiFilter, storedApiFilterSchema } from "@/lib/model/stored-api-query.ts";

export type StoredApiSort = { field: (typeof apiSortFields)[number]; direction: "asc" | "desc" };

/** What of the stored APIs is shown. Pages count from 1. */
export type StoredApiView = { query: string; filter: StoredApiFilter; sort: StoredApiSort; page: number };

const defaultSort: StoredApiSort = { field: "updated", direction: "desc" };
const flags = ["notLive", "endpointsNotReady"] as const;
const texts = ["ownerId", "state", "endpointType", "context"] as const;

/** The address of a view of the stored APIs; what stands for itself is left out. */
export function storedApiAddress({ query, filter, sort, page }: StoredApiView): string {
  const search = new URLSearchParams();
  if (query.trim() !== "") search.set("query", query.trim());
  for (const name of texts) if (filter[name]) search.set(name, filter[name]);
  for (const name of flags) if (filter[name]) search.set(name, "true");
  const isDefault = sort.field === defaultSort.field && sort.direction === defaultSort.direction;
  if (!isDefault) search.set("sort", `${sort.direction === "desc" ? "-" : ""}${sort.field}`);
  if (page > 1) search.set("page", String(page));
  const given = search.toString();
  return given === "" ? "/admin/apis" : `/admin/apis?${given}`;
}

/** The view that an address asks for; people edit addresses, and what is not understood is as if it were not there. */
export function readStoredApiView(search: Readonly<Record<string, string | string[] | undefined>>): StoredApiView {
  const text = (name: string) => {
    const value = search[name];
    return typeof value === "string" ? value : "";
  };
  const filter: StoredApiFilter = {};
  const { ownerId, state, endpointType, context } = storedApiFilterSchema.shape;
  filter.ownerId = ownerId.safeParse(text("ownerId")).data;
  filter.state = state.safeParse(text("state")).data;
  filter.endpointType = endpointType.safeParse(text("endpointType")).data;
  filter.context = context.safeParse(text("context")).data;
  for (const name of flags) if (text(name) === "true") filter[name] = true;
  const [, minus, name] = /^(-?)(\w+)$/.exec(text("sort")) ?? [];
  const field = apiSortFields.find((known) => known === name);
  return {
    query: apiListRequestSchema.shape.query.safeParse(text("query")).data ?? "",
    filter: Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined)),
    sort: field ? { field, direction: minus === "-" ? "desc" : "asc" } : defaultSort,
    page: /^[1-9]\d{0,4}$/.test(text("page")) ? Number(text("page")) : 1,
  };
}

/** Whether anything is searched or filtered for. */
export function isNarrowed({ query, filter }: StoredApiView): boolean {
  return query !== "" || Object.keys(filter).length > 0;
}
