import Alert from "@mui/material/Alert";

/** Says that an answer is not complete, and whose part is missing. */
export function SilentGateways({ hosts }: { hosts: readonly string[] }) {
  if (hosts.length === 0) return null;
  const shown = hosts.slice(0, 3).join(", ");
  const names = hosts.length > 3 ? `${shown} and ${hosts.length - 3} more` : shown;
  return (
    <Alert severity="warning">
      {hosts.length === 1
        ? `The gateway ${names} did not answer in time: its requests are missing here.`
        : `The gateways ${names} did not answer in time: their requests are missing here.`}
    </Alert>
  );
}
