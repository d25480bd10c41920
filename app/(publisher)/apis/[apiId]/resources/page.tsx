import type { Metadata } from "next";
import { pageAnswer } from "@/app/(publisher)/page-answer.ts";
import { ResourcesForm } from "@/components/resources/resources-form.tsx";
import { PageHeader } from "@/components/ui/page-header.tsx";
import { getApi } from "@/lib/server/apis/get-api.ts";
import { requirePageContext } from "@/lib/server/auth/page-context.ts";
import { listRateTiers } from "@/lib/server/rate-tiers/list-rate-tiers.ts";

export const metadata: Metadata = { title: "Resources" };

export default async function ResourcesPage({ params }: { params: Promise<{ apiId: string }> }) {
  const { apiId } = await params;
  const context = await requirePageContext();
  const [api, tiers] = await pageAnswer(Promise.all([getApi(context, apiId), listRateTiers(context)]));
  return (
    <>
      <PageHeader title="Resources" description="The operations of this API, and what gateways ask of each." />
      <ResourcesForm api={api} tiers={tiers} />
    </>
  );
}
