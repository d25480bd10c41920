import { apiSortFields } from "@/lib/model/api-query.ts";

/** What the list of APIs shows; it stands in the address, so that a link or the browser's back shows the same. */
export type ApiListView = {
  query: string;
  page: number;
  layout: "grid" | "table";
  sort: { field: (typeof apiSortFields)[number]; direction: "asc" | "desc" };
};

export const apisPerPage = 24;

type SearchParams = Record<string, string | string[] | undefined>;

/** Reads an address leniently: what it cannot mean falls back to the default. */
export function apiListView(params: SearchParams): ApiListView {
  const one = (name: string) => {
    const value = params[name];
    return typeof value === "string" ? value : "";
  };
  const page = Number(one("page"));
  const [fieldName, direction] = one("sort").split("-");
  const field = apiSortFields.find((known) => known === fieldName) ?? "updated";
  return {
    query: one("query").slice(0, 500),
    page: Number.isInteger(page) && page >= 1 && page <= 10_000 ? page : 1,
    layout: one("layout") === "table" ? "table" : "grid",
    sort: { field, direction: direction === "asc" ? "asc" : "desc" },
  };
}

/** The address of a view, without what is the default anyway. */
export function apiListAddress(view: ApiListView): string {
  const params = new URLSearchParams();
  if (view.query !== "") params.set("query", view.query);
  if (view.page > 1) params.set("page", String(view.page));
  if (view.layout === "table") params.set("layout", "table");
  const sort = `${view.sort.field}-${view.sort.direction}`;
  if (sort !== "updated-desc") params.set("sort", sort);
  const query = params.toString();
  return query === "" ? "/apis" : `/apis?${query}`;
}
