"use client";

import { useRouter } from "next/navigation";
import { useTransition } from "react";
import { RateTierField } from "@/components/rate-limits/rate-tier-field.tsx";
import { useNotify } from "@/components/ui/notify.tsx";
import { useRefusal } from "@/components/ui/when-permitted.tsx";
import type { ApiKey } from "@/lib/model/api-key.ts";
import { type RateTier, unlimitedTier } from "@/lib/model/rate-limit.ts";
import { changeApiKeyAction } from "@/lib/server/actions/api-key-actions.ts";

type KeyRateLimitProps = { apiId: string; apiKey: ApiKey; tiers: readonly RateTier[] };

/** The rate limit of a key, saved as it is chosen. */
export function KeyRateLimit({ apiId, apiKey, tiers }: KeyRateLimitProps) {
  const router = useRouter();
  const notify = useNotify();
  const refusal = useRefusal();
  const [isSaving, startSave] = useTransition();
  if (refusal !== undefined) return apiKey.rateTier ?? unlimitedTier;

  function save(rateTier: string | null): void {
    startSave(async () => {
      const result = await changeApiKeyAction(apiId, apiKey.id, { rateTier });
      if (result.ok) notify.success(`Key “${apiKey.name}” has the rate limit ${rateTier ?? unlimitedTier} now.`);
      else notify.error(result.problem.message);
      router.refresh();
    });
  }

  return (
    <RateTierField
      tiers={tiers}
      value={apiKey.rateTier}
      onChange={save}
      disabled={isSaving}
      size="small"
      variant="standard"
      slotProps={{
        select: { renderValue: () => apiKey.rateTier ?? unlimitedTier },
        htmlInput: { "aria-label": `Rate limit of ${apiKey.name}` },
      }}
    />
  );
}
