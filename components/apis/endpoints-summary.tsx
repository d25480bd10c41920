import Box from "@mui/material/Box";
import Link from "@mui/material/Link";
import Typography from "@mui/material/Typography";
import { MemberLiveLine } from "@/components/live/member-live-line.tsx";
import type { Api } from "@/lib/model/api.ts";
import { endpointsOf, keyTypes } from "@/lib/model/endpoint-config.ts";
import { endpointTypeWords } from "./endpoint-type-words.ts";

const titles = { production: "Production", sandbox: "Sandbox" } as const;

/** The endpoints of an API in order, without what can be done to them. */
export function EndpointsSummary({ api }: { api: Api }) {
  const { endpointConfig } = api;
  if (!endpointConfig) {
    return (
      <Typography color="textSecondary">
        No endpoint is configured. <Link href={`/apis/${api.id}/endpoints`}>Configure endpoints</Link>
      </Typography>
    );
  }
  return (
    <Box sx={{ display: "grid", gap: 2 }}>
      <Typography>{endpointTypeWords[endpointConfig.kind]}</Typography>
      {keyTypes.map((keyType) => {
        const endpoints = endpointsOf(endpointConfig, keyType);
        if (endpoints.length === 0) return null;
        return (
          <Box key={keyType}>
            <Typography variant="body2" color="textSecondary">
              {titles[keyType]}
            </Typography>
            <Box component="ol" sx={{ m: 0, pl: 3 }}>
              {endpoints.map((endpoint, index) => (
                <li key={endpoint.id} style={{ marginBottom: 4 }}>
                  <span className="mono" style={{ fontSize: 13, overflowWrap: "anywhere" }}>
                    {endpoint.url}
                  </span>
                  <MemberLiveLine {...{ keyType }} endpointId={endpoint.id} name={`${keyType} endpoint ${index + 1}`} />
                </li>
              ))}
            </Box>
          </Box>
        );
      })}
    </Box>
  );
}
