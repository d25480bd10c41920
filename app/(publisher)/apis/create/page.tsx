import Button from "@mui/material/Button";
import type { Metadata } from "next";
import { forbidden } from "next/navigation";
import { CreateApiForm } from "@/components/apis/create-api-form.tsx";
import { PageHeader } from "@/components/ui/page-header.tsx";
import { requirePageContext } from "@/lib/server/auth/page-context.ts";
import { publisherEnvironment } from "@/lib/server/env.ts";
import { isPermitted } from "@/lib/server/permission/require-permission.ts";

export const metadata: Metadata = { title: "Create an API" };

export default async function CreateApiPage() {
  const { actor } = await requirePageContext();
  if (!isPermitted(actor, "api.create")) forbidden();
  return (
    <>
      <PageHeader
        title="Create an API"
        description="Give a backend an address at the gateway."
        actions={
          <Button variant="outlined" href="/apis/create/openapi">
            Import OpenAPI
          </Button>
        }
      />
      <CreateApiForm gatewayUrl={publisherEnvironment().gatewayPublicUrl} />
    </>
  );
}
