"use client";

import Add from "@mui/icons-material/Add";
import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import { maxTiers } from "@/lib/model/endpoint-config.ts";
import { poolName, shownPools } from "./draft-pools.ts";
import { poolKey } from "./draft-problems.ts";
import type { EndpointGroupSectionProps } from "./endpoint-group-section.tsx";
import { useEndpointsFormActions } from "./endpoints-form-context.ts";
import { MemberList } from "./member-list.tsx";
import { MemberRows } from "./member-rows.tsx";
import { newUrlPlace } from "./new-urls.ts";
import { PoolSection } from "./pool-section.tsx";

/** The pools of a tiered group, one beneath the other in the order in which they serve. */
export function PoolList(props: EndpointGroupSectionProps) {
  const { keyType, kind, group, stored, problems, newUrls, newUrlProblem } = props;
  const { addPool } = useEndpointsFormActions();
  const pools = shownPools(group);
  const offsets = pools.map((_, index) =>
    pools.slice(0, index).reduce((sum, { endpoints }) => sum + endpoints.length, 0),
  );
  return (
    <Box>
      <MemberList {...{ keyType, kind, group }}>
        {(keepReason, keyboardHelpId) =>
          pools.map((pool, index) => {
            const newUrl = newUrls[newUrlPlace(keyType, pool.id)] ?? "";
            return (
              <PoolSection
                key={pool.id}
                {...{ keyType, group, pool, index, newUrl }}
                newUrlProblem={newUrl.trim() === "" ? undefined : newUrlProblem}
                problem={problems.pools.get(poolKey(keyType, pool.id))}
              >
                <MemberRows
                  {...{ keyType, kind, stored, problems, keepReason, keyboardHelpId }}
                  label={poolName(index)}
                  endpoints={pool.endpoints}
                  offset={offsets[index] ?? 0}
                  count={group.endpoints.length}
                />
              </PoolSection>
            );
          })
        }
      </MemberList>
      {pools.length < maxTiers && (
        <Button startIcon={<Add />} onClick={() => addPool(keyType, group)} sx={{ mt: 1 }}>
          Add backup pool
        </Button>
      )}
    </Box>
  );
}
