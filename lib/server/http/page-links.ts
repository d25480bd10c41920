import "server-only";

/** Links to the pages beside this one, relative to the base path as WSO2 writes them; "" where there is none. */
export function pageLinks(page: { limit: number; offset: number; query: string; total: number }): {
  next: string;
  previous: string;
} {
  const { limit, offset, query, total } = page;
  const link = (to: number) => `/apis?${new URLSearchParams({ limit: String(limit), offset: String(to), query })}`;
  return {
    next: offset + limit < total ? link(offset + limit) : "",
    previous: offset > 0 ? link(Math.max(0, offset - limit)) : "",
  };
}
