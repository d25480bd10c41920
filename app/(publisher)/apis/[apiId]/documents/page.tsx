import type { Metadata } from "next";
import { pageAnswer } from "@/app/(publisher)/page-answer.ts";
import { DocumentTable } from "@/components/documentation/document-table.tsx";
import { NewDocumentButton } from "@/components/documentation/new-document-button.tsx";
import { EmptyState } from "@/components/ui/empty-state.tsx";
import { PageHeader } from "@/components/ui/page-header.tsx";
import { requirePageContext } from "@/lib/server/auth/page-context.ts";
import { listDocumentation } from "@/lib/server/documentation/list-documentation.ts";

export const metadata: Metadata = { title: "Documents" };

export default async function DocumentsPage({ params }: { params: Promise<{ apiId: string }> }) {
  const { apiId } = await params;
  const context = await requirePageContext();
  const documents = await pageAnswer(listDocumentation(context, apiId));
  const add = <NewDocumentButton apiId={apiId} />;
  return (
    <>
      <PageHeader
        title="Documents"
        description="What people need to know to call this API. Documents belong to no revision: a change is there at once."
        actions={documents.length > 0 && add}
      />
      {documents.length > 0 ? (
        <DocumentTable apiId={apiId} documents={documents} />
      ) : (
        <EmptyState
          title="No documents yet"
          description="Write the first one in Markdown, or name the address of one that is elsewhere."
          action={add}
        />
      )}
    </>
  );
}
