import Box from "@mui/material/Box";
import Skeleton from "@mui/material/Skeleton";
import Stack from "@mui/material/Stack";

/** The outline of a page with a list: heading, then a frame with lines. */
export function ListSkeleton({ title, lines = 6 }: { title: string; lines?: number }) {
  return (
    <Box role="status" aria-label={`${title} is loading`}>
      <HeaderSkeleton />
      <Box sx={{ border: 1, borderColor: "divider", borderRadius: 2, bgcolor: "background.paper" }}>
        {Array.from({ length: lines }, (_, line) => (
          <Box
            // biome-ignore lint/suspicious/noArrayIndexKey: outlines have no identity but their place.
            key={line}
            sx={{
              display: "flex",
              gap: 3,
              px: 2,
              py: 1.75,
              "&:not(:first-of-type)": { borderTop: 1, borderColor: "divider" },
            }}
          >
            <Skeleton width="24%" />
            <Skeleton width="16%" />
            <Skeleton width="30%" sx={{ display: { xs: "none", sm: "block" } }} />
            <Skeleton width="14%" sx={{ ml: "auto" }} />
          </Box>
        ))}
      </Box>
    </Box>
  );
}

/** The outline of a page with a form: heading, fields below each other, buttons. */
export function FormSkeleton({ title, fields = 4 }: { title: string; fields?: number }) {
  return (
    <Box role="status" aria-label={`${title} is loading`}>
      <HeaderSkeleton />
      <Stack sx={{ gap: 3, maxWidth: 720 }}>
        {Array.from({ length: fields }, (_, field) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: outlines have no identity but their place.
          <Skeleton key={field} variant="rounded" height={56} />
        ))}
        <Stack direction="row" sx={{ gap: 1 }}>
          <Skeleton variant="rounded" width={84} height={36} />
          <Skeleton variant="rounded" width={84} height={36} />
        </Stack>
      </Stack>
    </Box>
  );
}

function HeaderSkeleton() {
  return (
    <Box sx={{ mb: 3 }}>
      <Skeleton width={260} height={42} sx={{ maxWidth: 1 }} />
      <Skeleton width={380} sx={{ maxWidth: 1 }} />
    </Box>
  );
}
