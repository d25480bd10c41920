import type { Metadata } from "next";
import { forbidden } from "next/navigation";
import { ImportOpenApi } from "@/components/definitions/import-open-api.tsx";
import { PageHeader } from "@/components/ui/page-header.tsx";
import { requirePageContext } from "@/lib/server/auth/page-context.ts";
import { publisherEnvironment } from "@/lib/server/env.ts";
import { isPermitted } from "@/lib/server/permission/require-permission.ts";

export const metadata: Metadata = { title: "Import OpenAPI" };

export default async function ImportOpenApiPage() {
  const { actor } = await requirePageContext();
  if (!isPermitted(actor, "api.create")) forbidden();
  return (
    <>
      <PageHeader title="Import OpenAPI" description="Make an API of the document that describes its backend." />
      <ImportOpenApi gatewayUrl={publisherEnvironment().gatewayPublicUrl} />
    </>
  );
}
