import { Problem } from "@/lib/model/problem.ts";
import { getApi } from "@/lib/server/apis/get-api.ts";
import { apiChangesFromBody, pathsOfBody } from "@/lib/server/http/api-representation.ts";
import { problemPathsRenamed } from "@/lib/server/http/problem-paths.ts";
import { restRoute, serve } from "@/lib/server/http/rest-route.ts";
import { expectedRevision } from "@/lib/server/http/revision-tag.ts";
import {
  listSchedulesOperation,
  representationFromSchedule,
  scheduleOperation,
} from "@/lib/server/http/schedule-operations.ts";
import { listSchedules } from "@/lib/server/schedule/list-schedules.ts";
import { scheduleChange } from "@/lib/server/schedule/schedule-change.ts";

const list = serve(listSchedulesOperation, async ({ context, param }) => {
  const schedules = await listSchedules(context, param("apiId"));
  return { status: 200, body: { count: schedules.length, list: schedules.map(representationFromSchedule) } };
});

const schedule = serve(scheduleOperation, async ({ context, headers, param, query, json }) => {
  const present = await getApi(context, param("apiId"));
  const expected = expectedRevision(headers, present.revision);
  const changes = apiChangesFromBody(await json(), present);
  return problemPathsRenamed(pathsOfBody(changes), async () => {
    const id = await scheduleChange(context, present.id, changes, query, expected);
    const scheduled = (await listSchedules(context, present.id)).find((one) => one.id === id);
    if (!scheduled) throw new Problem("not-found", "This change was settled before it could be told of.");
    return { status: 201, body: representationFromSchedule(scheduled) };
  });
});

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = restRoute(list, schedule);
