import Box from "@mui/material/Box";

/** A gateway process: the host people know, and the id that tells two processes on it apart. */
export function GatewayName({ host, id }: { host: string; id: string }) {
  return (
    <Box component="span" sx={{ display: "block" }}>
      {host}
      <Box component="span" className="mono" sx={{ display: "block", typography: "caption", color: "text.secondary" }}>
        {id}
      </Box>
    </Box>
  );
}
