import type { ReactNode } from "react";
import { pageAnswer } from "@/app/(publisher)/page-answer.ts";
import { ApiTopBar } from "@/components/apis/api-top-bar.tsx";
import { GuardBanner } from "@/components/publishing/guard-banner.tsx";
import { RefusedScheduleBanner } from "@/components/publishing/refused-schedule-banner.tsx";
import { ChangesPermitted } from "@/components/ui/when-permitted.tsx";
import { getApi } from "@/lib/server/apis/get-api.ts";
import { requirePageContext } from "@/lib/server/auth/page-context.ts";
import { getApiGuard } from "@/lib/server/guard/get-api-guard.ts";
import { findGuardWatch } from "@/lib/server/guard/list-guard-watches.ts";
import { isPermitted, refusalOf } from "@/lib/server/permission/require-permission.ts";
import { findRefusedSchedule } from "@/lib/server/schedule/list-schedules.ts";

type ApiLayoutProps = { params: Promise<{ apiId: string }>; children: ReactNode };

export default async function ApiLayout({ params, children }: ApiLayoutProps) {
  const { apiId } = await params;
  const context = await requirePageContext();
  const [api, guard, watch, refused] = await pageAnswer(
    Promise.all([
      getApi(context, apiId),
      getApiGuard(context, apiId),
      findGuardWatch(context, apiId),
      findRefusedSchedule(context, apiId),
    ]),
  );
  const ownership = { ownerId: api.owner.id, coOwnerIds: api.coOwnerIds };
  const refusal = refusalOf(context.actor, "api.update", ownership);
  return (
    <ChangesPermitted refusal={refusal}>
      <ApiTopBar api={api} mayDelete={isPermitted(context.actor, "api.delete", ownership)} />
      {(guard.enabled || watch?.state === "watching" || watch?.dismissedBy === null) && (
        <GuardBanner apiId={api.id} initial={{ watch }} canPublish={refusal === undefined} />
      )}
      {refused && <RefusedScheduleBanner apiId={api.id} refused={refused} />}
      {children}
    </ChangesPermitted>
  );
}
