import Button from "@mui/material/Button";
import Stack from "@mui/material/Stack";
import type { Metadata } from "next";
import { pageAnswer } from "@/app/(publisher)/page-answer.ts";
import { PageLinks } from "@/components/admin/page-links.tsx";
import { isNarrowed, readStoredApiView } from "@/components/admin/stored-api-address.ts";
import { StoredApiFilters } from "@/components/admin/stored-api-filters.tsx";
import { StoredApiTable } from "@/components/admin/stored-api-table.tsx";
import { EmptyState } from "@/components/ui/empty-state.tsx";
import { PageHeader } from "@/components/ui/page-header.tsx";
import { listApiOwners, listStoredApis } from "@/lib/server/admin/list-stored-apis.ts";
import { requirePageContext } from "@/lib/server/auth/page-context.ts";

export const metadata: Metadata = { title: "Stored APIs" };

const pageSize = 25;

type StoredApisPageProps = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function StoredApisPage({ searchParams }: StoredApisPageProps) {
  const view = readStoredApiView(await searchParams);
  const { query, filter, sort, page } = view;
  const context = await requirePageContext();
  const [{ total, apis }, owners] = await pageAnswer(
    Promise.all([
      listStoredApis(context, { limit: pageSize, offset: (page - 1) * pageSize, query, filter, sort }),
      listApiOwners(context),
    ]),
  );
  return (
    <>
      <PageHeader
        title="Stored APIs"
        description="Every API of every publisher, as it lies in the database."
        actions={<Button href="/apis/deleted">Deleted APIs</Button>}
      />
      <Stack sx={{ gap: 2 }}>
        <StoredApiFilters view={view} owners={owners} />
        {apis.length > 0 && (
          <>
            <StoredApiTable apis={apis} view={view} />
            <PageLinks view={view} pageSize={pageSize} total={total} />
          </>
        )}
        {apis.length === 0 && isNarrowed(view) && (
          <EmptyState title="Nothing found" description="No stored API fits this search and filter. Try less of it." />
        )}
        {apis.length === 0 && !isNarrowed(view) && (
          <EmptyState
            title="No API is stored yet"
            description="As soon as a publisher creates an API it is listed here, with its document and every revision of it."
          />
        )}
      </Stack>
    </>
  );
}
