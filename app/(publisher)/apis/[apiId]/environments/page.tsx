import type { Metadata } from "next";
import { pageAnswer } from "@/app/(publisher)/page-answer.ts";
import { EnvironmentsPanel } from "@/components/gateways/environments-panel.tsx";
import { PageHeader } from "@/components/ui/page-header.tsx";
import { getApi } from "@/lib/server/apis/get-api.ts";
import { requirePageContext } from "@/lib/server/auth/page-context.ts";
import { getApiLiveState } from "@/lib/server/gateways/get-api-live-state.ts";

export const metadata: Metadata = { title: "Environments" };

export default async function EnvironmentsPage({ params }: { params: Promise<{ apiId: string }> }) {
  const { apiId } = await params;
  const context = await requirePageContext();
  const [{ lifecycleState }, live] = await pageAnswer(
    Promise.all([getApi(context, apiId), getApiLiveState(context, apiId)]),
  );
  return (
    <>
      <PageHeader title="Environments" description="The connected gateways, and what each of them runs of this API." />
      <EnvironmentsPanel apiId={apiId} initial={{ ...live, lifecycleState }} />
    </>
  );
}
