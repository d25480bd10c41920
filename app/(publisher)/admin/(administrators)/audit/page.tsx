import Alert from "@mui/material/Alert";
import Button from "@mui/material/Button";
import Stack from "@mui/material/Stack";
import type { Metadata } from "next";
import { pageAnswer } from "@/app/(publisher)/page-answer.ts";
import { auditAddress, readAuditView } from "@/components/admin/audit-address.ts";
import { AuditFilterForm } from "@/components/admin/audit-filter-form.tsx";
import { AuditList } from "@/components/admin/audit-list.tsx";
import { AuditPages } from "@/components/admin/audit-pages.tsx";
import { EmptyState } from "@/components/ui/empty-state.tsx";
import { PageHeader } from "@/components/ui/page-header.tsx";
import { auditCursor } from "@/lib/model/audit.ts";
import { listAuditEvents } from "@/lib/server/admin/list-audit-events.ts";
import { listAuditNames } from "@/lib/server/admin/list-audit-names.ts";
import { requirePageContext } from "@/lib/server/auth/page-context.ts";

export const metadata: Metadata = { title: "Audit log" };

const pageSize = 50;

type AuditPageProps = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function AuditPage({ searchParams }: AuditPageProps) {
  const { view, problems } = readAuditView(await searchParams);
  const context = await requirePageContext();
  const { before, filter } = view;
  const [found, names] = await pageAnswer(
    // One more than is shown tells whether there is an older page.
    Promise.all([listAuditEvents(context, { ...filter, limit: pageSize + 1, before }), listAuditNames(context)]),
  );
  const events = found.slice(0, pageSize);
  const last = events.at(-1);
  return (
    <>
      <PageHeader
        title="Audit log"
        description="Who did what, when and from where. Entries are only ever added: the database refuses everything else."
        actions={(["csv", "jsonl"] as const).map((format) => (
          // A plain link: fetching it in advance would be an entry in the audit log.
          <Button
            key={format}
            component="a"
            variant="outlined"
            href={auditAddress({ filter }, "/admin/audit/export", { format })}
            download
          >
            {format === "csv" ? "Export CSV" : "Export JSON lines"}
          </Button>
        ))}
      />
      <Stack sx={{ gap: 2 }}>
        <AuditFilterForm key={auditAddress({ filter })} view={view} {...names} />
        {problems.length > 0 && <Alert severity="warning">{problems.join(" ")}</Alert>}
        {events.length > 0 ? (
          <AuditList events={events} />
        ) : (
          <EmptyState
            title={before ? "Nothing older" : "Nothing found"}
            description="Every change of an API, a key, a user or a session is recorded here with who made it. Nothing fits this filter."
          />
        )}
        <AuditPages
          newest={before === undefined ? undefined : auditAddress({ filter })}
          older={found.length > pageSize && last ? auditAddress({ filter, before: auditCursor(last) }) : undefined}
        />
      </Stack>
    </>
  );
}
