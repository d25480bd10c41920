import Alert from "@mui/material/Alert";
import Stack from "@mui/material/Stack";
import type { Metadata } from "next";
import { pageAnswer } from "@/app/(publisher)/page-answer.ts";
import { Section } from "@/components/admin/section.tsx";
import { hostsByRevision } from "@/components/gateways/hosts-by-revision.ts";
import { HistoryList } from "@/components/history/history-list.tsx";
import { HistoryPages } from "@/components/history/history-pages.tsx";
import { RevisionComparison } from "@/components/history/revision-comparison.tsx";
import { EmptyState } from "@/components/ui/empty-state.tsx";
import { PageHeader } from "@/components/ui/page-header.tsx";
import { isLive } from "@/lib/model/lifecycle.ts";
import { Problem } from "@/lib/model/problem.ts";
import { compareApiRevisions } from "@/lib/server/apis/compare-api-revisions.ts";
import { getApi } from "@/lib/server/apis/get-api.ts";
import { listApiHistory } from "@/lib/server/apis/list-api-revisions.ts";
import { requirePageContext } from "@/lib/server/auth/page-context.ts";
import { getApiLiveState } from "@/lib/server/gateways/get-api-live-state.ts";
import { isPermitted } from "@/lib/server/permission/require-permission.ts";

export const metadata: Metadata = { title: "History" };

type Asked = { before?: string | string[]; from?: string | string[]; to?: string | string[] };
type HistoryPageProps = { params: Promise<{ apiId: string }>; searchParams: Promise<Asked> };

export default async function HistoryPage({ params, searchParams }: HistoryPageProps) {
  const { apiId } = await params;
  const asked = await searchParams;
  const before = numberOf(asked.before);
  const context = await requirePageContext();
  const [api, history, live] = await pageAnswer(
    Promise.all([getApi(context, apiId), listApiHistory(context, apiId, { before }), getApiLiveState(context, apiId)]),
  );
  const { revisions, total, hasOlder } = history;
  const gatewaysByRevision = hostsByRevision(live.gateways);
  const path = `/apis/${apiId}/history${before === undefined ? "" : `?before=${before}`}`;
  const newest = revisions[0];
  const to = numberOf(asked.to) ?? newest?.revision ?? api.revision;
  const from = numberOf(asked.from) ?? newest?.previous ?? to;
  const changes = await findChanges(compareApiRevisions(context, apiId, from, to));
  const present = { revision: api.revision, action: "Current", actorName: "" };
  const pickable = withChosen([...revisions], [present, ...[from, to, ...gatewaysByRevision.keys()].map(other)]);
  return (
    <>
      <PageHeader title="History" description="Every save of this API: who, when, why, and what it changed." />
      <Stack sx={{ gap: 5 }}>
        <Stack sx={{ gap: 2 }}>
          {revisions.length > 0 ? (
            <HistoryList
              api={{ id: api.id, name: api.name, version: api.version, isLive: isLive(api.lifecycleState) }}
              present={api.revision}
              entries={revisions}
              {...{ gatewaysByRevision, path }}
              canRestore={isPermitted(context.actor, "api.restore", {
                ownerId: api.owner.id,
                coOwnerIds: api.coOwnerIds,
              })}
            />
          ) : (
            <EmptyState title="Nothing older" description="The history begins with the API's creation." />
          )}
          <HistoryPages
            apiId={apiId}
            total={total}
            isNewest={before === undefined}
            olderThan={hasOlder ? revisions.at(-1)?.revision : undefined}
          />
        </Stack>
        <Section title="Difference" id="difference">
          {changes ? (
            <RevisionComparison
              revisions={pickable}
              present={api.revision}
              {...{ path, from, to, changes, gatewaysByRevision }}
            />
          ) : (
            <Alert severity="info">
              This API has no such revisions to compare. Choose Compare at one of those above.
            </Alert>
          )}
        </Section>
      </Stack>
    </>
  );
}

function numberOf(text: string | string[] | undefined): number | undefined {
  return typeof text === "string" && /^\d{1,10}$/.test(text) ? Number(text) : undefined;
}

/** The differences; undefined where the address names revisions that the API does not have. */
async function findChanges<Value>(comparison: Promise<Value>): Promise<Value | undefined> {
  try {
    return await comparison;
  } catch (error) {
    if (error instanceof Problem && error.kind === "not-found") return undefined;
    throw error;
  }
}

type Pickable = { revision: number; action: string; actorName: string };

const other = (revision: number): Pickable => ({ revision, action: "Other page", actorName: "" });

/** Those of this page, and the others that are compared or run somewhere, the newest first. */
function withChosen(page: readonly Pickable[], others: readonly Pickable[]): Pickable[] {
  const known = new Map<number, Pickable>();
  for (const one of [...page, ...others]) if (!known.has(one.revision)) known.set(one.revision, one);
  return [...known.values()].sort((a, b) => b.revision - a.revision);
}
