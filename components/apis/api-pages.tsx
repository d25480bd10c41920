import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import Typography from "@mui/material/Typography";
import { type ApiListView, apiListAddress, apisPerPage } from "./api-list-address.ts";

/** Which part of the list this is, and the way to the others. */
export function ApiPages({ view, total }: { view: ApiListView; total: number }) {
  const pages = Math.ceil(total / apisPerPage);
  if (pages <= 1) return null;
  const first = (view.page - 1) * apisPerPage + 1;
  return (
    <Box
      component="nav"
      aria-label="Pages"
      sx={{ display: "flex", alignItems: "center", justifyContent: "flex-end", gap: 1, mt: 2 }}
    >
      <Typography color="textSecondary" sx={{ mr: 1 }}>
        {first.toLocaleString("en")}–{Math.min(first + apisPerPage - 1, total).toLocaleString("en")} of{" "}
        {total.toLocaleString("en")}
      </Typography>
      <Button href={apiListAddress({ ...view, page: view.page - 1 })} disabled={view.page <= 1}>
        Previous
      </Button>
      <Button href={apiListAddress({ ...view, page: view.page + 1 })} disabled={view.page >= pages}>
        Next
      </Button>
    </Box>
  );
}
