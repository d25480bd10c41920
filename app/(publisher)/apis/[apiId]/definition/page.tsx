import type { Metadata } from "next";
import { pageAnswer } from "@/app/(publisher)/page-answer.ts";
import { DefinitionPanel } from "@/components/definitions/definition-panel.tsx";
import { getApi } from "@/lib/server/apis/get-api.ts";
import { requirePageContext } from "@/lib/server/auth/page-context.ts";

export const metadata: Metadata = { title: "API Definition" };

export default async function DefinitionPage({ params }: { params: Promise<{ apiId: string }> }) {
  const { apiId } = await params;
  const { id, revision, definition } = await pageAnswer(getApi(await requirePageContext(), apiId));
  return <DefinitionPanel apiId={id} revision={revision} definition={definition} />;
}
