import { parseInput } from "@/lib/model/parse-input.ts";
import { restRoute, serve } from "@/lib/server/http/rest-route.ts";
import {
  cancelScheduleOperation,
  rescheduleOperation,
  scheduleTimeBody,
} from "@/lib/server/http/schedule-operations.ts";
import { cancelSchedule, rescheduleChange } from "@/lib/server/schedule/change-schedule.ts";

const reschedule = serve(rescheduleOperation, async ({ context, param, json }) => {
  const time = parseInput(scheduleTimeBody, await json());
  await rescheduleChange(context, param("apiId"), param("scheduleId"), time);
  return { status: 200 };
});

const cancel = serve(cancelScheduleOperation, async ({ context, param }) => {
  await cancelSchedule(context, param("apiId"), param("scheduleId"));
  return { status: 200 };
});

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = restRoute(reschedule, cancel);
