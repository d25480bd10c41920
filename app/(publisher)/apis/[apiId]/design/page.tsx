import type { Metadata } from "next";
import { pageAnswer } from "@/app/(publisher)/page-answer.ts";
import { DesignForm } from "@/components/api-settings/design-form.tsx";
import { PageHeader } from "@/components/ui/page-header.tsx";
import { getApi } from "@/lib/server/apis/get-api.ts";
import { requirePageContext } from "@/lib/server/auth/page-context.ts";

export const metadata: Metadata = { title: "Design Configurations" };

export default async function DesignPage({ params }: { params: Promise<{ apiId: string }> }) {
  const { apiId } = await params;
  const api = await pageAnswer(getApi(await requirePageContext(), apiId));
  return (
    <>
      <PageHeader title="Design Configurations" description="What the API is called, and how people find it." />
      <DesignForm api={api} />
    </>
  );
}
