import { getApi } from "@/lib/server/apis/get-api.ts";
import { apiAnswer } from "@/lib/server/http/api-answer.ts";
import { restRoute, serve } from "@/lib/server/http/rest-route.ts";
import { expectedRevision } from "@/lib/server/http/revision-tag.ts";
import { publishNowOperation } from "@/lib/server/http/schedule-operations.ts";
import { publishScheduledNow } from "@/lib/server/schedule/publish-scheduled.ts";

const publish = serve(publishNowOperation, async ({ context, headers, param }) => {
  const present = await getApi(context, param("apiId"));
  const expected = expectedRevision(headers, present.revision);
  return apiAnswer(await publishScheduledNow(context, present.id, param("scheduleId"), expected));
});

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = restRoute(publish);
