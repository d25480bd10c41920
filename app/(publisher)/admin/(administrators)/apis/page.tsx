import Stack from "@mui/material/Stack";
import type { Metadata } from "next";
import { pageAnswer } from "@/app/(publisher)/page-answer.ts";
import { PageLinks } from "@/components/admin/page-links.tsx";
import { StoredApiSearch } from "@/components/admin/stored-api-search.tsx";
import { StoredApiTable } from "@/components/admin/stored-api-table.tsx";
import { EmptyState } from "@/components/ui/empty-state.tsx";
import { PageHeader } from "@/components/ui/page-header.tsx";
import { listStoredApis } from "@/lib/server/admin/list-stored-apis.ts";
import { requirePageContext } from "@/lib/server/auth/page-context.ts";

export const metadata: Metadata = { title: "Stored APIs" };

const pageSize = 25;

type StoredApisPageProps = { searchParams: Promise<{ query?: string | string[]; page?: string | string[] }> };

export default async function StoredApisPage({ searchParams }: StoredApisPageProps) {
  const { query, page } = readSearch(await searchParams);
  const context = await requirePageContext();
  const { total, apis } = await pageAnswer(
    listStoredApis(context, { limit: pageSize, offset: (page - 1) * pageSize, query }),
  );
  return (
    <>
      <PageHeader title="Stored APIs" description="Every API of every publisher, as it lies in the database." />
      <Stack sx={{ gap: 2 }}>
        <StoredApiSearch query={query} />
        {apis.length > 0 && (
          <>
            <StoredApiTable apis={apis} />
            <PageLinks path="/admin/apis" query={query} page={page} pageSize={pageSize} total={total} />
          </>
        )}
        {apis.length === 0 && query !== "" && (
          <EmptyState
            title="Nothing found"
            description={`No stored API matches “${query}”. Try fewer or other words.`}
          />
        )}
        {apis.length === 0 && query === "" && (
          <EmptyState
            title="No API is stored yet"
            description="As soon as a publisher creates an API it is listed here, with its document and every revision of it."
          />
        )}
      </Stack>
    </>
  );
}

/** The address as people may have edited it: anything that is no page is the first. */
function readSearch(search: { query?: string | string[]; page?: string | string[] }): { query: string; page: number } {
  const query = typeof search.query === "string" ? search.query.slice(0, 500) : "";
  const page = typeof search.page === "string" && /^[1-9]\d{0,4}$/.test(search.page) ? Number(search.page) : 1;
  return { query, page };
}
