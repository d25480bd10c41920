import Box from "@mui/material/Box";
import Typography from "@mui/material/Typography";
import type { Metadata } from "next";
import { pageAnswer } from "@/app/(publisher)/page-answer.ts";
import { LifecycleHistory } from "@/components/api-settings/lifecycle-history.tsx";
import { LifecyclePanel } from "@/components/api-settings/lifecycle-panel.tsx";
import { PageHeader } from "@/components/ui/page-header.tsx";
import { getApi } from "@/lib/server/apis/get-api.ts";
import { listApiRevisions } from "@/lib/server/apis/list-api-revisions.ts";
import { requirePageContext } from "@/lib/server/auth/page-context.ts";

export const metadata: Metadata = { title: "Lifecycle" };

export default async function LifecyclePage({ params }: { params: Promise<{ apiId: string }> }) {
  const { apiId } = await params;
  const context = await requirePageContext();
  const [api, revisions] = await pageAnswer(Promise.all([getApi(context, apiId), listApiRevisions(context, apiId)]));
  return (
    <>
      <PageHeader title="Lifecycle" description="Who can call the API now, and what can happen next." />
      <LifecyclePanel api={api} />
      <Box component="section" sx={{ mt: 5, maxWidth: 720 }}>
        <Typography component="h2" variant="h6" sx={{ mb: 1 }}>
          History
        </Typography>
        <LifecycleHistory revisions={revisions} />
      </Box>
    </>
  );
}
