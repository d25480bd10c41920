import Stack from "@mui/material/Stack";
import type { Metadata } from "next";
import { pageAnswer } from "@/app/(publisher)/page-answer.ts";
import { AuditList } from "@/components/admin/audit-list.tsx";
import { AuditPages } from "@/components/admin/audit-pages.tsx";
import { EmptyState } from "@/components/ui/empty-state.tsx";
import { PageHeader } from "@/components/ui/page-header.tsx";
import { listAuditEvents } from "@/lib/server/admin/list-audit-events.ts";
import { requirePageContext } from "@/lib/server/auth/page-context.ts";

export const metadata: Metadata = { title: "Audit log" };

const pageSize = 50;

export default async function AuditPage({ searchParams }: { searchParams: Promise<{ before?: string | string[] }> }) {
  const { before } = await searchParams;
  const cursor = typeof before === "string" && /^\d{1,18}$/.test(before) ? before : undefined;
  // One more than is shown tells whether there is an older page.
  const found = await pageAnswer(listAuditEvents(await requirePageContext(), { limit: pageSize + 1, before: cursor }));
  const events = found.slice(0, pageSize);
  return (
    <>
      <PageHeader title="Audit log" description="Who did what, and when. Entries are only ever added." />
      <Stack sx={{ gap: 2 }}>
        {events.length > 0 ? (
          <AuditList events={events} />
        ) : (
          <EmptyState
            title={cursor ? "Nothing older" : "Nothing has happened yet"}
            description="Every change of an API, a key, a user or a session is recorded here with who made it."
          />
        )}
        <AuditPages
          isNewest={cursor === undefined}
          olderThan={found.length > pageSize ? events.at(-1)?.id : undefined}
        />
      </Stack>
    </>
  );
}
