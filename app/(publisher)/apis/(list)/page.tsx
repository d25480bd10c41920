import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import type { Metadata } from "next";
import { ApiCard } from "@/components/apis/api-card.tsx";
import { apiListView, apisPerPage } from "@/components/apis/api-list-address.ts";
import { ApiListTools } from "@/components/apis/api-list-tools.tsx";
import { ApiPages } from "@/components/apis/api-pages.tsx";
import { ApiTable } from "@/components/apis/api-table.tsx";
import { DeploySampleButton } from "@/components/apis/deploy-sample-button.tsx";
import { EmptyState } from "@/components/ui/empty-state.tsx";
import { PageHeader } from "@/components/ui/page-header.tsx";
import { listApis } from "@/lib/server/apis/list-apis.ts";
import { requirePageContext } from "@/lib/server/auth/page-context.ts";
import { isPermitted } from "@/lib/server/permission/require-permission.ts";
import { listApiHealth } from "@/lib/server/statistics/list-api-health.ts";

export const metadata: Metadata = { title: "APIs" };

type ApisPageProps = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function ApisPage({ searchParams }: ApisPageProps) {
  const view = apiListView(await searchParams);
  const context = await requirePageContext();
  const { total, apis } = await listApis(context, {
    limit: apisPerPage,
    offset: (view.page - 1) * apisPerPage,
    query: view.query,
    sort: view.sort,
  });
  const health = await listApiHealth(
    context,
    apis.map(({ id }) => id),
  );
  const mayCreate = isPermitted(context.actor, "api.create");
  const createButton = mayCreate && (
    <>
      <Button href="/apis/deleted">Deleted APIs</Button>
      <Button variant="outlined" href="/apis/import">
        Import from WSO2
      </Button>
      <Button variant="contained" href="/apis/create">
        Create API
      </Button>
    </>
  );
  if (total === 0 && view.query === "") {
    return (
      <>
        <PageHeader title="APIs" />
        <EmptyState
          title="No APIs yet"
          description={`An API gives your backends one address at the gateway, with keys for its consumers and a plan for when a backend fails. ${mayCreate ? "Create one from the URL of a backend, or look at a finished one first." : "Your role is viewer: what publishers create appears here."}`}
          action={
            mayCreate && (
              <>
                {createButton}
                <DeploySampleButton />
              </>
            )
          }
        />
      </>
    );
  }
  return (
    <>
      <PageHeader
        title="APIs"
        description={`${total.toLocaleString("en")} ${view.query === "" ? "in all" : "found"}`}
        actions={createButton}
      />
      <ApiListTools view={view} />
      {apis.length === 0 && (
        <EmptyState
          title="Nothing found"
          description={`No API matches “${view.query}”. Try fewer words, or name a field: name: context: version: status: provider: or a property`}
          action={<Button href="/apis">Show all APIs</Button>}
        />
      )}
      {apis.length > 0 && view.layout === "table" && <ApiTable apis={apis} health={health} view={view} />}
      {apis.length > 0 && view.layout === "grid" && (
        <Box sx={{ display: "grid", gap: 2, gridTemplateColumns: "repeat(auto-fill, minmax(min(100%, 270px), 1fr))" }}>
          {apis.map((api) => (
            <ApiCard key={api.id} api={api} health={health.get(api.id)} />
          ))}
        </Box>
      )}
      <ApiPages view={view} total={total} />
    </>
  );
}
