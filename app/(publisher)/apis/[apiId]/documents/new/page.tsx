import type { Metadata } from "next";
import { forbidden } from "next/navigation";
import { pageAnswer } from "@/app/(publisher)/page-answer.ts";
import { DocumentForm } from "@/components/documentation/document-form.tsx";
import { PageHeader } from "@/components/ui/page-header.tsx";
import { getApi } from "@/lib/server/apis/get-api.ts";
import { requirePageContext } from "@/lib/server/auth/page-context.ts";
import { refusalOf } from "@/lib/server/permission/require-permission.ts";

export const metadata: Metadata = { title: "New document" };

export default async function NewDocumentPage({ params }: { params: Promise<{ apiId: string }> }) {
  const { apiId } = await params;
  const context = await requirePageContext();
  const api = await pageAnswer(getApi(context, apiId));
  if (
    refusalOf(context.actor, "documentation.create", { ownerId: api.owner.id, coOwnerIds: api.coOwnerIds }) !==
    undefined
  )
    forbidden();
  return (
    <>
      <PageHeader title="New document" />
      <DocumentForm apiId={apiId} />
    </>
  );
}
