import { restRoute, serve } from "@/lib/server/http/rest-route.ts";
import { getStatisticsOperation } from "@/lib/server/http/statistics-operations.ts";
import { getApiStatistics } from "@/lib/server/statistics/get-api-statistics.ts";

const read = serve(getStatisticsOperation, async ({ context, param, query }) => ({
  status: 200,
  body: await getApiStatistics(context, param("apiId"), query.window),
}));

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = restRoute(read);
