"use client";

import Box from "@mui/material/Box";
import Pagination from "@mui/material/Pagination";
import PaginationItem from "@mui/material/PaginationItem";
import Typography from "@mui/material/Typography";
import NextLink from "next/link";

type PageLinksProps = { path: string; query: string; page: number; pageSize: number; total: number };

/** Links to the pages of a list, with what is searched for kept. Pages count from 1. */
export function PageLinks({ path, query, page, pageSize, total }: PageLinksProps) {
  const pages = Math.max(1, Math.ceil(total / pageSize));
  const first = (page - 1) * pageSize + 1;
  const last = Math.min(total, page * pageSize);
  const hrefOf = (target: number | null) =>
    `${path}?${new URLSearchParams({ ...(query && { query }), page: String(target ?? 1) })}`;
  return (
    <Box sx={{ display: "flex", flexWrap: "wrap", gap: 2, alignItems: "center", justifyContent: "space-between" }}>
      <Typography variant="body2" color="textSecondary">
        {first.toLocaleString("en-US")}–{last.toLocaleString("en-US")} of {total.toLocaleString("en-US")}
      </Typography>
      {pages > 1 && (
        <Pagination
          page={page}
          count={pages}
          siblingCount={0}
          renderItem={(item) =>
            item.disabled || item.page === null ? (
              <PaginationItem {...item} />
            ) : (
              <PaginationItem {...item} component={NextLink} href={hrefOf(item.page)} />
            )
          }
        />
      )}
    </Box>
  );
}
