import Button from "@mui/material/Button";
import Stack from "@mui/material/Stack";
import type { Metadata } from "next";
import { pageAnswer } from "@/app/(publisher)/page-answer.ts";
import { FactTable } from "@/components/admin/fact-table.tsx";
import { PartList } from "@/components/admin/part-list.tsx";
import { Section } from "@/components/admin/section.tsx";
import { memoryWords } from "@/components/gateways/figure-words.ts";
import { PageHeader } from "@/components/ui/page-header.tsx";
import { getSystem } from "@/lib/server/admin/get-system.ts";
import { requirePageContext } from "@/lib/server/auth/page-context.ts";

export const metadata: Metadata = { title: "System" };

export default async function SystemPage() {
  const { versions, database, settings, parts } = await pageAnswer(getSystem(await requirePageContext(), process.env));
  return (
    <>
      <PageHeader
        title="System"
        description="What runs here, how it is, and with which settings. A support bundle has the same without secrets and names."
        actions={
          // A plain link: fetching it in advance would be an entry in the audit log.
          <Button component="a" variant="outlined" href="/admin/system/support-bundle" download>
            Download support bundle
          </Button>
        }
      />
      <Stack sx={{ gap: 5 }}>
        <Section title="Health">
          <PartList parts={parts} />
        </Section>
        <Section title="Versions">
          <FactTable
            label="Versions"
            heads={["Part", "Version"]}
            rows={versions.map(({ name, version }) => [name, version])}
          />
        </Section>
        <Section
          title="Database"
          description={`${memoryWords(database.sizeBytes)} in all; answered in ${database.latencyMs.toFixed(1)} ms. Rows are PostgreSQL's estimates.`}
        >
          <FactTable
            label="Tables"
            heads={["Table", "Rows", "Size"]}
            rows={database.tables.map(({ name, rows, sizeBytes }) => [
              name,
              rows.toLocaleString("en-US"),
              memoryWords(sizeBytes),
            ])}
          />
        </Section>
        <Section title="Settings in effect" description="Of the publisher; secrets only say that they are set.">
          <FactTable
            label="Settings"
            heads={["Setting", "Value", "Source"]}
            rows={settings.map(({ name, value, source }) => [name, value, source])}
          />
        </Section>
      </Stack>
    </>
  );
}
