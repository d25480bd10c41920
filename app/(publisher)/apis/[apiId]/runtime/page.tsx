import type { Metadata } from "next";
import { pageAnswer } from "@/app/(publisher)/page-answer.ts";
import { RuntimeForm } from "@/components/api-settings/runtime-form.tsx";
import { PageHeader } from "@/components/ui/page-header.tsx";
import { getApi } from "@/lib/server/apis/get-api.ts";
import { requirePageContext } from "@/lib/server/auth/page-context.ts";

export const metadata: Metadata = { title: "Runtime Configurations" };

export default async function RuntimePage({ params }: { params: Promise<{ apiId: string }> }) {
  const { apiId } = await params;
  const api = await pageAnswer(getApi(await requirePageContext(), apiId));
  return (
    <>
      <PageHeader title="Runtime Configurations" description="What gateways ask of those who call." />
      <RuntimeForm api={api} />
    </>
  );
}
