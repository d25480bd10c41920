import type { Metadata } from "next";
import { pageAnswer } from "@/app/(publisher)/page-answer.ts";
import { PropertiesForm } from "@/components/properties/properties-form.tsx";
import { PageHeader } from "@/components/ui/page-header.tsx";
import { getApi } from "@/lib/server/apis/get-api.ts";
import { requirePageContext } from "@/lib/server/auth/page-context.ts";

export const metadata: Metadata = { title: "Properties" };

export default async function PropertiesPage({ params }: { params: Promise<{ apiId: string }> }) {
  const { apiId } = await params;
  const context = await requirePageContext();
  const api = await pageAnswer(getApi(context, apiId));
  return (
    <>
      <PageHeader
        title="Properties"
        description={
          <>
            What is known of this API beside its settings. The search for APIs finds it by them:{" "}
            <code>team:payments</code> by a property, <code>payments</code> anywhere.
          </>
        }
      />
      <PropertiesForm api={api} />
    </>
  );
}
