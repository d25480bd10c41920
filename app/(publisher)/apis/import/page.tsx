import type { Metadata } from "next";
import { forbidden } from "next/navigation";
import { PageHeader } from "@/components/ui/page-header.tsx";
import { ImportPanel } from "@/components/wso2/import-panel.tsx";
import { requirePageContext } from "@/lib/server/auth/page-context.ts";
import { isPermitted } from "@/lib/server/permission/require-permission.ts";

export const metadata: Metadata = { title: "Import from WSO2" };

export default async function ImportPage() {
  const { actor } = await requirePageContext();
  if (!isPermitted(actor, "api.create")) forbidden();
  return (
    <>
      <PageHeader
        title="Import from WSO2"
        description="Bring an API from API Manager or API Cloud. You see what is taken, changed and left behind before anything is written."
      />
      <ImportPanel />
    </>
  );
}
