import Box from "@mui/material/Box";
import Card from "@mui/material/Card";
import CardContent from "@mui/material/CardContent";
import Skeleton from "@mui/material/Skeleton";
import Stack from "@mui/material/Stack";
import { keyTypes } from "@/lib/model/endpoint-config.ts";

/** The shape of the Endpoints form while it is on its way. */
export function EndpointsSkeleton() {
  return (
    <Stack sx={{ gap: 2 }} role="status" aria-busy="true" aria-label="Loading">
      <Box sx={{ display: "flex", gap: 3 }}>
        <Skeleton variant="text" width={170} height={42} />
        <Skeleton variant="text" width={170} height={42} />
      </Box>
      <Card>
        <CardContent sx={{ display: "grid", gap: 1.5 }}>
          {keyTypes.map((keyType) => (
            <Box key={keyType}>
              <Skeleton variant="text" width={180} height={42} />
              <Skeleton variant="rounded" height={44} />
            </Box>
          ))}
        </CardContent>
      </Card>
      <Skeleton variant="rounded" height={56} />
    </Stack>
  );
}
