import Link from "@mui/material/Link";
import Typography from "@mui/material/Typography";
import type { Metadata } from "next";
import { pageAnswer } from "@/app/(publisher)/page-answer.ts";
import { DocumentActions } from "@/components/documentation/document-actions.tsx";
import { typeWords } from "@/components/documentation/document-type-words.ts";
import { MarkdownView } from "@/components/documentation/markdown-view.tsx";
import { PageHeader } from "@/components/ui/page-header.tsx";
import { RelativeTime } from "@/components/ui/relative-time.tsx";
import { requirePageContext } from "@/lib/server/auth/page-context.ts";
import { getDocumentation } from "@/lib/server/documentation/get-documentation.ts";

export const metadata: Metadata = { title: "Document" };

type DocumentPageProps = { params: Promise<{ apiId: string; documentId: string }> };

export default async function DocumentPage({ params }: DocumentPageProps) {
  const { apiId, documentId } = await params;
  const context = await requirePageContext();
  const document = await pageAnswer(getDocumentation(context, apiId, documentId));
  return (
    <>
      <PageHeader
        title={document.name}
        description={document.summary}
        actions={<DocumentActions apiId={apiId} documentId={documentId} name={document.name} />}
      />
      <Typography variant="body2" color="textSecondary" sx={{ mb: 3 }}>
        {typeWords(document)}. Saved <RelativeTime date={document.updatedAt} /> by {document.updatedBy}.
      </Typography>
      {document.sourceType === "MARKDOWN" ? (
        <article>
          <MarkdownView text={document.inlineContent} />
        </article>
      ) : (
        <Typography>
          It is elsewhere:{" "}
          <Link href={document.sourceUrl} target="_blank" rel="noopener noreferrer nofollow">
            {document.sourceUrl}
          </Link>
        </Typography>
      )}
    </>
  );
}
