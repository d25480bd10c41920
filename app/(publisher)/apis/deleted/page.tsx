import Button from "@mui/material/Button";
import type { Metadata } from "next";
import { DeletedApiTable } from "@/components/apis/deleted-api-table.tsx";
import { EmptyState } from "@/components/ui/empty-state.tsx";
import { PageHeader } from "@/components/ui/page-header.tsx";
import { ChangesPermitted } from "@/components/ui/when-permitted.tsx";
import { restorableDays } from "@/lib/model/deleted-api.ts";
import { listDeletedApis } from "@/lib/server/apis/deleted-apis.ts";
import { requirePageContext } from "@/lib/server/auth/page-context.ts";
import { refusalOf } from "@/lib/server/permission/require-permission.ts";

export const metadata: Metadata = { title: "Deleted APIs" };

export default async function DeletedApisPage() {
  const context = await requirePageContext();
  const apis = await listDeletedApis(context);
  return (
    <>
      <PageHeader
        title="Deleted APIs"
        description={`What was deleted in the last ${restorableDays} days, with its keys, certificates, documents and history. After that it is gone for good.`}
        actions={<Button href="/apis">All APIs</Button>}
      />
      {apis.length === 0 ? (
        <EmptyState
          title="Nothing was deleted"
          description={`An API that is deleted waits here for ${restorableDays} days, to be brought back as it was.`}
        />
      ) : (
        <ChangesPermitted refusal={refusalOf(context.actor, "deleted-api.restore")}>
          <DeletedApiTable apis={apis} />
        </ChangesPermitted>
      )}
    </>
  );
}
