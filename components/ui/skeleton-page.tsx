import Box from "@mui/material/Box";
import Skeleton from "@mui/material/Skeleton";

/** The shape of a page that is on its way: its title and some rows. */
export function SkeletonPage({ rows = 6 }: { rows?: number }) {
  return (
    <Box aria-busy="true" role="status" aria-label="Loading">
      <Skeleton variant="text" width={220} height={44} />
      <Skeleton variant="text" width="50%" sx={{ maxWidth: 420, mb: 3 }} />
      {Array.from({ length: rows }, (_, row) => `row-${row}`).map((key) => (
        <Skeleton key={key} variant="rounded" height={44} sx={{ mb: 1.5 }} />
      ))}
    </Box>
  );
}
