import Box from "@mui/material/Box";
import Card from "@mui/material/Card";
import Chip from "@mui/material/Chip";
import Typography from "@mui/material/Typography";
import type { Metadata } from "next";
import type { ReactNode } from "react";
import { pageAnswer } from "@/app/(publisher)/page-answer.ts";
import { EndpointsSummary } from "@/components/apis/endpoints-summary.tsx";
import { PublishingProgress } from "@/components/apis/publishing-progress.tsx";
import { CertificateWarning } from "@/components/certificates/certificate-warning.tsx";
import { EnvironmentsPanel } from "@/components/gateways/environments-panel.tsx";
import { LiveProvider } from "@/components/live/live-provider.tsx";
import { LiveStatus } from "@/components/live/live-status.tsx";
import { PropertyTable } from "@/components/properties/property-table.tsx";
import { TrafficPanel } from "@/components/statistics/traffic-panel.tsx";
import { CopyField } from "@/components/ui/copy-field.tsx";
import { PageHeader } from "@/components/ui/page-header.tsx";
import { defaultPath, versionedPath } from "@/lib/model/api-naming.ts";
import { callerCredential } from "@/lib/model/caller-credential.ts";
import { isRouted } from "@/lib/model/lifecycle.ts";
import { listApiKeys } from "@/lib/server/api-keys/list-api-keys.ts";
import { getApi } from "@/lib/server/apis/get-api.ts";
import { requirePageContext } from "@/lib/server/auth/page-context.ts";
import { listCertificates } from "@/lib/server/certificates/list-certificates.ts";
import { publisherEnvironment } from "@/lib/server/env.ts";
import { getApiLiveState } from "@/lib/server/gateways/get-api-live-state.ts";
import { getApiStatistics } from "@/lib/server/statistics/get-api-statistics.ts";

export const metadata: Metadata = { title: "Overview" };

type OverviewPageProps = {
  params: Promise<{ apiId: string }>;
  searchParams: Promise<{ window?: string | string[] }>;
};

export default async function OverviewPage({ params, searchParams }: OverviewPageProps) {
  const { apiId } = await params;
  const window = (await searchParams).window === "day" ? "day" : "hour";
  const context = await requirePageContext();
  const [api, keys, certificates, live, statistics] = await pageAnswer(
    Promise.all([
      getApi(context, apiId),
      listApiKeys(context, apiId),
      listCertificates(context, apiId),
      getApiLiveState(context, apiId),
      getApiStatistics(context, apiId, window),
    ]),
  );
  const gateway = publisherEnvironment().gatewayPublicUrl;
  const url = `${gateway}${versionedPath(api.context, api.version)}`;
  const credential = callerCredential(api);
  const credentials = credential ? ` -H "${credential.name}: ${credential.value}"` : "";
  const liveGateways = live.gateways.filter((each) => each.live && each.runningRevision !== null).length;
  return (
    <>
      <PageHeader title="Overview" description={api.description || undefined} />
      <Box sx={{ display: "grid", gap: 3 }}>
        <CertificateWarning apiId={apiId} certificates={certificates} now={context.now()} />
        <Card sx={{ p: 3 }}>
          <PublishingProgress api={api} keys={keys.length} liveGateways={liveGateways} />
        </Card>
        <Box sx={{ display: "grid", gap: 3, gridTemplateColumns: { lg: "1fr 1fr" } }}>
          <Part title="Call it">
            <Box sx={{ display: "grid", gap: 2 }}>
              <CopyField label="Gateway URL" value={url} />
              {api.isDefaultVersion && (
                <CopyField label="Default version URL" value={`${gateway}${defaultPath(api.context)}`} />
              )}
              <CopyField label="Command" value={`curl${credentials} ${url}/`} />
            </Box>
          </Part>
          <Part title="Endpoints">
            <LiveProvider apiId={api.id} isRouted={isRouted(api.lifecycleState)}>
              <LiveStatus />
              <EndpointsSummary api={api} />
            </LiveProvider>
          </Part>
        </Box>
        <Card component="section" aria-labelledby="traffic" sx={{ p: 3, minWidth: 0 }}>
          <TrafficPanel
            apiId={apiId}
            statistics={statistics}
            isCounted={live.gateways.some(({ gone }) => !gone)}
            isRouted={isRouted(api.lifecycleState)}
          />
        </Card>
        <Part title="Gateways">
          <EnvironmentsPanel apiId={apiId} initial={{ ...live, lifecycleState: api.lifecycleState }} />
        </Part>
        {api.properties.length > 0 && (
          <Part title="Properties">
            <PropertyTable properties={api.properties} />
          </Part>
        )}
        {api.tags.length > 0 && (
          <Box sx={{ display: "flex", flexWrap: "wrap", gap: 1 }}>
            {api.tags.map((tag) => (
              <Chip key={tag} label={tag} />
            ))}
          </Box>
        )}
      </Box>
    </>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Card component="section" sx={{ p: 3, minWidth: 0 }}>
      <Typography variant="h6" component="h2" sx={{ mb: 2 }}>
        {title}
      </Typography>
      {children}
    </Card>
  );
}
