import type { Metadata } from "next";
import { GatewaysPanel } from "@/components/gateways/gateways-panel.tsx";
import { PageHeader } from "@/components/ui/page-header.tsx";
import { requirePageContext } from "@/lib/server/auth/page-context.ts";
import { listGateways } from "@/lib/server/gateways/list-gateways.ts";

export const metadata: Metadata = { title: "Gateways" };

export default async function GatewaysPage() {
  const gateways = await listGateways(await requirePageContext());
  return (
    <>
      <PageHeader title="Gateways" description="Every gateway process that reported itself within the last day." />
      <GatewaysPanel initial={gateways} />
    </>
  );
}
