import Box from "@mui/material/Box";
import Skeleton from "@mui/material/Skeleton";

/** The outline of what gateways are being asked for. */
export function LinesSkeleton({ label }: { label: string }) {
  return (
    <Box role="status" aria-label={`${label} loading`} sx={{ display: "grid", gap: 1.5, mt: 1 }}>
      <Skeleton width={160} height={32} />
      {[1, 2, 3, 4, 5, 6].map((line) => (
        <Skeleton key={line} variant="rounded" height={48} />
      ))}
    </Box>
  );
}
