import Stack from "@mui/material/Stack";
import type { Metadata } from "next";
import { pageAnswer } from "@/app/(publisher)/page-answer.ts";
import { Section } from "@/components/admin/section.tsx";
import { GuardSettingsForm } from "@/components/publishing/guard-settings-form.tsx";
import { ScheduleList } from "@/components/publishing/schedule-list.tsx";
import { WatchList } from "@/components/publishing/watch-list.tsx";
import { PageHeader } from "@/components/ui/page-header.tsx";
import { getApi } from "@/lib/server/apis/get-api.ts";
import { requirePageContext } from "@/lib/server/auth/page-context.ts";
import { getApiGuard } from "@/lib/server/guard/get-api-guard.ts";
import { listGuardWatches } from "@/lib/server/guard/list-guard-watches.ts";
import { isPermitted } from "@/lib/server/permission/require-permission.ts";
import { listSchedules } from "@/lib/server/schedule/list-schedules.ts";

export const metadata: Metadata = { title: "Publishing" };

export default async function PublishingPage({ params }: { params: Promise<{ apiId: string }> }) {
  const { apiId } = await params;
  const context = await requirePageContext();
  const [api, schedules, settings, watches] = await pageAnswer(
    Promise.all([
      getApi(context, apiId),
      listSchedules(context, apiId),
      getApiGuard(context, apiId),
      listGuardWatches(context, apiId),
    ]),
  );
  const canPublish = isPermitted(context.actor, "schedule.publish", {
    ownerId: api.owner.id,
    coOwnerIds: api.coOwnerIds,
  });
  return (
    <>
      <PageHeader title="Publishing" description="How changes of this API go live, and what happens when one fails." />
      <Stack sx={{ gap: 5 }}>
        <Section title="Scheduled publish" description="Changes that are saved and not live yet.">
          <ScheduleList apiId={apiId} present={api.revision} schedules={schedules} canPublish={canPublish} />
        </Section>
        <Section
          title="Guarded publish"
          description="For some time after a change, gateways watch its errors and its latency against the hour before. When a limit is passed, what ran before comes back by itself."
        >
          <GuardSettingsForm apiId={apiId} settings={settings} canPublish={canPublish} />
        </Section>
        <Section title="Watched changes">
          <WatchList watches={watches} />
        </Section>
      </Stack>
    </>
  );
}
