import Button from "@mui/material/Button";
import Stack from "@mui/material/Stack";
import type { Metadata } from "next";
import { pageAnswer } from "@/app/(publisher)/page-answer.ts";
import { ActOnBehalfButton } from "@/components/admin/act-on-behalf-button.tsx";
import { RevisionDifference } from "@/components/admin/revision-difference.tsx";
import { RevisionTable } from "@/components/admin/revision-table.tsx";
import { Section } from "@/components/admin/section.tsx";
import { StoredDocument } from "@/components/admin/stored-document.tsx";
import { StoredKeyTable } from "@/components/admin/stored-key-table.tsx";
import { EnvironmentsPanel } from "@/components/gateways/environments-panel.tsx";
import { hostsByRevision } from "@/components/gateways/hosts-by-revision.ts";
import { PageHeader } from "@/components/ui/page-header.tsx";
import { getStoredApi } from "@/lib/server/admin/get-stored-api.ts";
import { listStoredKeys } from "@/lib/server/admin/list-stored-keys.ts";
import { compareApiRevisions } from "@/lib/server/apis/compare-api-revisions.ts";
import { getApiRevision } from "@/lib/server/apis/get-api-revision.ts";
import { type ApiRevisionSummary, listApiRevisions } from "@/lib/server/apis/list-api-revisions.ts";
import { requirePageContext } from "@/lib/server/auth/page-context.ts";
import { getApiLiveState } from "@/lib/server/gateways/get-api-live-state.ts";

export const metadata: Metadata = { title: "Stored API" };

type StoredApiPageProps = {
  params: Promise<{ apiId: string }>;
  searchParams: Promise<{ from?: string | string[]; to?: string | string[] }>;
};

export default async function StoredApiPage({ params, searchParams }: StoredApiPageProps) {
  const { apiId } = await params;
  const context = await requirePageContext();
  const [stored, revisions, live, keys] = await pageAnswer(
    Promise.all([
      getStoredApi(context, apiId),
      listApiRevisions(context, apiId),
      getApiLiveState(context, apiId),
      listStoredKeys(context, apiId),
    ]),
  );
  const { from, to } = chosenRevisions(revisions, await searchParams);
  const [changes, before, after] = await pageAnswer(
    Promise.all([
      compareApiRevisions(context, apiId, from, to),
      getApiRevision(context, apiId, from),
      getApiRevision(context, apiId, to),
    ]),
  );
  return (
    <>
      <PageHeader
        title={`${stored.name} ${stored.version}`}
        actions={
          <>
            <Button href={`/admin/audit?subjectId=${stored.id}`} variant="outlined">
              Audit log
            </Button>
            {stored.owner.id !== context.actor.id && (
              <ActOnBehalfButton userId={stored.owner.id} name={stored.owner.name} href={`/apis/${apiId}/overview`} />
            )}
          </>
        }
        description={`Stored for ${stored.owner.name} (${stored.owner.email}), revision ${stored.revision}.`}
      />
      <Stack sx={{ gap: 5 }}>
        <Section title="Revisions">
          <RevisionTable apiId={apiId} revisions={revisions} gatewaysByRevision={hostsByRevision(live.gateways)} />
        </Section>
        <Section title="Difference" id="difference">
          <RevisionDifference
            apiId={apiId}
            revisions={revisions}
            changes={changes}
            before={{ revision: from, json: prettyJson(before.document) }}
            after={{ revision: to, json: prettyJson(after.document) }}
          />
        </Section>
        <Section title="Gateways">
          <EnvironmentsPanel apiId={apiId} initial={{ ...live, lifecycleState: stored.lifecycleState }} />
        </Section>
        <Section
          title="Keys"
          description="Who can call it. Keys themselves are not stored; their first characters are."
        >
          <StoredKeyTable keys={keys} />
        </Section>
        <Section title="Stored document">
          <StoredDocument
            json={stored.document === undefined ? undefined : prettyJson(stored.document)}
            problems={stored.problems}
          />
        </Section>
      </Stack>
    </>
  );
}

const prettyJson = (document: unknown) => JSON.stringify(document, null, 2);

/** The revisions of the address if the API has them; else the newest and the one before it. */
function chosenRevisions(
  revisions: readonly ApiRevisionSummary[],
  asked: { from?: string | string[]; to?: string | string[] },
): { from: number; to: number } {
  const find = (text: string | string[] | undefined) =>
    revisions.find(({ revision }) => String(revision) === text)?.revision;
  const newest = revisions[0]?.revision ?? 0;
  const to = find(asked.to) ?? newest;
  const earlier = revisions.find(({ revision }) => revision < to)?.revision ?? to;
  return { from: find(asked.from) ?? earlier, to };
}
