import type { Metadata } from "next";
import { pageAnswer } from "@/app/(publisher)/page-answer.ts";
import { RateTiersPanel } from "@/components/rate-limits/rate-tiers-panel.tsx";
import { requirePageContext } from "@/lib/server/auth/page-context.ts";
import { listRateTiers } from "@/lib/server/rate-tiers/list-rate-tiers.ts";

export const metadata: Metadata = { title: "Rate limits" };

export default async function RateLimitsPage() {
  return <RateTiersPanel tiers={await pageAnswer(listRateTiers(await requirePageContext()))} />;
}
