import { parseInput } from "@/lib/model/parse-input.ts";
import { transferSchema } from "@/lib/model/transfer.ts";
import { transferApi } from "@/lib/server/apis/transfer-api.ts";
import { apiAnswer } from "@/lib/server/http/api-answer.ts";
import { restRoute, serve } from "@/lib/server/http/rest-route.ts";
import { transferApiOperation } from "@/lib/server/http/transfer-operation.ts";

const transfer = serve(transferApiOperation, async ({ context, param, json }) =>
  apiAnswer(await transferApi(context, param("apiId"), parseInput(transferSchema, await json()))),
);

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = restRoute(transfer);
