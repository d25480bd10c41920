import type { Metadata } from "next";
import { forbidden } from "next/navigation";
import { pageAnswer } from "@/app/(publisher)/page-answer.ts";
import { DocumentForm } from "@/components/documentation/document-form.tsx";
import { PageHeader } from "@/components/ui/page-header.tsx";
import { getApi } from "@/lib/server/apis/get-api.ts";
import { requirePageContext } from "@/lib/server/auth/page-context.ts";
import { getDocumentation } from "@/lib/server/documentation/get-documentation.ts";
import { refusalOf } from "@/lib/server/permission/require-permission.ts";

export const metadata: Metadata = { title: "Edit document" };

type EditDocumentPageProps = { params: Promise<{ apiId: string; documentId: string }> };

export default async function EditDocumentPage({ params }: EditDocumentPageProps) {
  const { apiId, documentId } = await params;
  const context = await requirePageContext();
  const [api, document] = await pageAnswer(
    Promise.all([getApi(context, apiId), getDocumentation(context, apiId, documentId)]),
  );
  if (
    refusalOf(context.actor, "documentation.update", { ownerId: api.owner.id, coOwnerIds: api.coOwnerIds }) !==
    undefined
  )
    forbidden();
  return (
    <>
      <PageHeader title="Edit document" />
      <DocumentForm key={document.id} apiId={apiId} document={document} />
    </>
  );
}
