import type { Metadata } from "next";
import { pageAnswer } from "@/app/(publisher)/page-answer.ts";
import { DesignForm } from "@/components/api-settings/design-form.tsx";
import { CoOwnerSection } from "@/components/owners/co-owner-section.tsx";
import { OwnerSection } from "@/components/owners/owner-section.tsx";
import { PageHeader } from "@/components/ui/page-header.tsx";
import { listCoOwners } from "@/lib/server/apis/co-owners.ts";
import { getApi } from "@/lib/server/apis/get-api.ts";
import { requirePageContext } from "@/lib/server/auth/page-context.ts";
import { isPermitted, requirePermission } from "@/lib/server/permission/require-permission.ts";

export const metadata: Metadata = { title: "Design Configurations" };

export default async function DesignPage({ params }: { params: Promise<{ apiId: string }> }) {
  const { apiId } = await params;
  const context = await requirePageContext();
  const [api, coOwners] = await pageAnswer(Promise.all([getApi(context, apiId), listCoOwners(context, apiId)]));
  const mayDispose = isPermitted(context.actor, "api.transfer", { ownerId: api.owner.id, coOwnerIds: api.coOwnerIds });
  return (
    <>
      <PageHeader title="Design Configurations" description="What the API is called, and how people find it." />
      <DesignForm api={api} />
      <OwnerSection
        api={api}
        mayTransfer={mayDispose}
        staysReachable={requirePermission(context, "api.read").reach === "any"}
      />
      <CoOwnerSection apiId={api.id} coOwners={coOwners} mayChoose={mayDispose} />
    </>
  );
}
