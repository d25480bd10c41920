import type { Metadata } from "next";
import { pageAnswer } from "@/app/(publisher)/page-answer.ts";
import { CertificatesSection } from "@/components/certificates/certificates-section.tsx";
import { endpointHosts } from "@/components/certificates/endpoint-hosts.ts";
import { EndpointsForm } from "@/components/endpoints/endpoints-form.tsx";
import { LiveProvider } from "@/components/live/live-provider.tsx";
import { LiveStatus } from "@/components/live/live-status.tsx";
import { PageHeader } from "@/components/ui/page-header.tsx";
import { isRouted } from "@/lib/model/lifecycle.ts";
import { getApi } from "@/lib/server/apis/get-api.ts";
import { requirePageContext } from "@/lib/server/auth/page-context.ts";
import { listCertificates } from "@/lib/server/certificates/list-certificates.ts";

export const metadata: Metadata = { title: "Endpoints" };

export default async function EndpointsPage({ params }: { params: Promise<{ apiId: string }> }) {
  const { apiId } = await params;
  const context = await requirePageContext();
  const [api, certificates] = await pageAnswer(Promise.all([getApi(context, apiId), listCertificates(context, apiId)]));
  return (
    <LiveProvider apiId={api.id} isRouted={isRouted(api.lifecycleState)}>
      <PageHeader
        title="Endpoints"
        description="Where the gateway sends calls: one backend, or several that share or stand in for each other."
      />
      <LiveStatus />
      <EndpointsForm key={api.id} api={api} />
      <CertificatesSection
        apiId={api.id}
        certificates={certificates}
        hosts={endpointHosts(api.endpointConfig)}
        now={context.now()}
      />
    </LiveProvider>
  );
}
