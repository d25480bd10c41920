import type { Metadata } from "next";
import { Suspense } from "react";
import { pageAnswer } from "@/app/(publisher)/page-answer.ts";
import { configuredMembers } from "@/components/requests/configured-members.ts";
import { LinesSkeleton } from "@/components/requests/lines-skeleton.tsx";
import { RequestNotFound } from "@/components/requests/request-not-found.tsx";
import { RequestSearch } from "@/components/requests/request-search.tsx";
import { RequestStory } from "@/components/requests/request-story.tsx";
import { RequestsPanel } from "@/components/requests/requests-panel.tsx";
import { PageHeader } from "@/components/ui/page-header.tsx";
import { getApi } from "@/lib/server/apis/get-api.ts";
import { requirePageContext } from "@/lib/server/auth/page-context.ts";
import type { ServerContext } from "@/lib/server/context.ts";
import { gatewayAsker } from "@/lib/server/gateways/gateway-asker.ts";
import { findRequest } from "@/lib/server/requests/find-request.ts";
import { listRequests } from "@/lib/server/requests/list-requests.ts";

export const metadata: Metadata = { title: "Requests" };

type RequestsPageProps = {
  params: Promise<{ apiId: string }>;
  /** `id`: the request that is asked for; without it, the newest ones are listed. */
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export default async function RequestsPage({ params, searchParams }: RequestsPageProps) {
  const { apiId } = await params;
  const { id, failed } = await searchParams;
  const requestId = typeof id === "string" ? id.trim() : "";
  const context = await requirePageContext();
  return (
    <>
      <PageHeader
        title="Requests"
        description="What the gateways did with the last requests to this API, and why each of them went where it went."
      />
      <RequestSearch key={requestId} apiId={apiId} requestId={requestId} />
      {requestId === "" ? (
        <Suspense key={String(failed)} fallback={<LinesSkeleton label="The requests are" />}>
          <Recent context={context} apiId={apiId} failed={failed === "true"} />
        </Suspense>
      ) : (
        <Suspense key={requestId} fallback={<LinesSkeleton label="The request is" />}>
          <One context={context} apiId={apiId} requestId={requestId} />
        </Suspense>
      )}
    </>
  );
}

type PartProps = { context: ServerContext; apiId: string };

async function Recent({ context, apiId, failed }: PartProps & { failed: boolean }) {
  const list = await pageAnswer(listRequests(context, gatewayAsker(), apiId, failed));
  return <RequestsPanel key={String(failed)} apiId={apiId} failed={failed} initial={list} />;
}

async function One({ context, apiId, requestId }: PartProps & { requestId: string }) {
  const [api, { record, host, answered, silent }] = await pageAnswer(
    Promise.all([getApi(context, apiId), findRequest(context, gatewayAsker(), apiId, requestId)]),
  );
  if (!record) {
    return <RequestNotFound apiId={apiId} requestId={requestId} hasGateway={answered > 0} silent={silent} />;
  }
  const { endpointConfig } = api;
  const type = record.key?.type;
  const members = endpointConfig && type ? configuredMembers(endpointConfig, type) : [];
  return <RequestStory apiId={apiId} record={record} host={host ?? record.gatewayId} members={members} />;
}
