import Box from "@mui/material/Box";
import Link from "@mui/material/Link";
import Typography from "@mui/material/Typography";
import { poolName } from "@/components/endpoints/draft-pools.ts";
import { MemberLiveLine } from "@/components/live/member-live-line.tsx";
import type { Api } from "@/lib/model/api.ts";
import {
  type Endpoint,
  type EndpointConfig,
  endpointsOf,
  type KeyType,
  keyTypes,
} from "@/lib/model/endpoint-config.ts";
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
        const pools = poolsOf(endpointConfig, keyType);
        if (pools.length === 0) return null;
        return (
          <Box key={keyType}>
            <Typography variant="body2" color="textSecondary">
              {titles[keyType]}
            </Typography>
            {pools.map(({ name, start, endpoints }) => (
              <Box key={start} sx={{ mt: name === undefined ? 0 : 0.5 }}>
                {name !== undefined && <Typography variant="caption">{name}</Typography>}
                <Box component="ol" start={start} sx={{ m: 0, pl: 3 }}>
                  {endpoints.map((endpoint, index) => (
                    <li key={endpoint.id} style={{ marginBottom: 4 }}>
                      <span className="mono" style={{ fontSize: 13, overflowWrap: "anywhere" }}>
                        {endpoint.url}
                      </span>
                      <MemberLiveLine
                        keyType={keyType}
                        endpointId={endpoint.id}
                        name={`${keyType} endpoint ${start + index}`}
                      />
                    </li>
                  ))}
                </Box>
              </Box>
            ))}
          </Box>
        );
      })}
    </Box>
  );
}

type Pool = { name: string | undefined; start: number; endpoints: readonly Endpoint[] };

/** The endpoints of one key type: pool after pool where there are pools, numbered through from 1. */
function poolsOf(config: EndpointConfig, keyType: KeyType): Pool[] {
  const lists =
    config.kind === "tiered" ? (config[keyType] ?? []).map(({ members }) => members) : [endpointsOf(config, keyType)];
  let start = 1;
  return lists
    .filter((endpoints) => endpoints.length > 0)
    .map((endpoints, index) => {
      const pool = { name: config.kind === "tiered" ? poolName(index) : undefined, start, endpoints };
      start += endpoints.length;
      return pool;
    });
}
