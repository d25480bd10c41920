"use client";

import Box from "@mui/material/Box";
import Pagination from "@mui/material/Pagination";
import PaginationItem from "@mui/material/PaginationItem";
import Typography from "@mui/material/Typography";
import NextLink from "next/link";
import { type StoredApiView, storedApiAddress } from "./stored-api-address.ts";

type PageLinksProps = { view: StoredApiView; pageSize: number; total: number };

/** Links to the pages of the list, with what is searched for kept. */
export function PageLinks({ view, pageSize, total }: PageLinksProps) {
  const { page } = view;
  const pages = Math.max(1, Math.ceil(total / pageSize));
  const first = (page - 1) * pageSize + 1;
  const last = Math.min(total, page * pageSize);
  const hrefOf = (target: number | null) => storedApiAddress({ ...view, page: target ?? 1 });
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
