import * as unknown from "../../../../app/api/am/publisher/v4/[...unknown]/route.ts";
import * as rotateApiKey from "../../../../app/api/am/publisher/v4/apis/[apiId]/api-keys/[keyId]/rotate/route.ts";
import * as oneApiKey from "../../../../app/api/am/publisher/v4/apis/[apiId]/api-keys/[keyId]/route.ts";
import * as apiKeys from "../../../../app/api/am/publisher/v4/apis/[apiId]/api-keys/route.ts";
import * as oneCoOwner from "../../../../app/api/am/publisher/v4/apis/[apiId]/co-owners/[userId]/route.ts";
import * as coOwners from "../../../../app/api/am/publisher/v4/apis/[apiId]/co-owners/route.ts";
import * as documentContent from "../../../../app/api/am/publisher/v4/apis/[apiId]/documents/[documentId]/content/route.ts";
import * as oneDocument from "../../../../app/api/am/publisher/v4/apis/[apiId]/documents/[documentId]/route.ts";
import * as documents from "../../../../app/api/am/publisher/v4/apis/[apiId]/documents/route.ts";
import * as oneCertificate from "../../../../app/api/am/publisher/v4/apis/[apiId]/endpoint-certificates/[certificateId]/route.ts";
import * as certificates from "../../../../app/api/am/publisher/v4/apis/[apiId]/endpoint-certificates/route.ts";
import * as endpointSwitch from "../../../../app/api/am/publisher/v4/apis/[apiId]/endpoints/[keyType]/[endpointId]/switch/route.ts";
import * as endpoints from "../../../../app/api/am/publisher/v4/apis/[apiId]/endpoints/route.ts";
import * as failures from "../../../../app/api/am/publisher/v4/apis/[apiId]/failures/route.ts";
import * as generateKey from "../../../../app/api/am/publisher/v4/apis/[apiId]/generate-key/route.ts";
import * as guard from "../../../../app/api/am/publisher/v4/apis/[apiId]/guard/route.ts";
import * as dismissWatch from "../../../../app/api/am/publisher/v4/apis/[apiId]/guard/watches/[watchId]/dismiss/route.ts";
import * as keepChange from "../../../../app/api/am/publisher/v4/apis/[apiId]/guard/watches/[watchId]/keep/route.ts";
import * as watches from "../../../../app/api/am/publisher/v4/apis/[apiId]/guard/watches/route.ts";
import * as lifecycleState from "../../../../app/api/am/publisher/v4/apis/[apiId]/lifecycle-state/route.ts";
import * as oneRequest from "../../../../app/api/am/publisher/v4/apis/[apiId]/requests/[requestId]/route.ts";
import * as requests from "../../../../app/api/am/publisher/v4/apis/[apiId]/requests/route.ts";
import * as restoreRevision from "../../../../app/api/am/publisher/v4/apis/[apiId]/restore-revision/route.ts";
import * as oneRevision from "../../../../app/api/am/publisher/v4/apis/[apiId]/revisions/[revisionId]/route.ts";
import * as compareRevisions from "../../../../app/api/am/publisher/v4/apis/[apiId]/revisions/compare/route.ts";
import * as revisions from "../../../../app/api/am/publisher/v4/apis/[apiId]/revisions/route.ts";
import * as oneApi from "../../../../app/api/am/publisher/v4/apis/[apiId]/route.ts";
import * as publishScheduled from "../../../../app/api/am/publisher/v4/apis/[apiId]/scheduled-publishes/[scheduleId]/publish/route.ts";
import * as oneSchedule from "../../../../app/api/am/publisher/v4/apis/[apiId]/scheduled-publishes/[scheduleId]/route.ts";
import * as schedules from "../../../../app/api/am/publisher/v4/apis/[apiId]/scheduled-publishes/route.ts";
import * as statistics from "../../../../app/api/am/publisher/v4/apis/[apiId]/statistics/route.ts";
import * as swagger from "../../../../app/api/am/publisher/v4/apis/[apiId]/swagger/route.ts";
import * as transfer from "../../../../app/api/am/publisher/v4/apis/[apiId]/transfer/route.ts";
import * as applyApis from "../../../../app/api/am/publisher/v4/apis/apply/route.ts";
import * as changeLifecycle from "../../../../app/api/am/publisher/v4/apis/change-lifecycle/route.ts";
import * as copyApis from "../../../../app/api/am/publisher/v4/apis/copy-apis/route.ts";
import * as restoreDeleted from "../../../../app/api/am/publisher/v4/apis/deleted/[apiId]/restore/route.ts";
import * as deletedApis from "../../../../app/api/am/publisher/v4/apis/deleted/route.ts";
import * as exportApi from "../../../../app/api/am/publisher/v4/apis/export/route.ts";
import * as importApi from "../../../../app/api/am/publisher/v4/apis/import/route.ts";
import * as importOpenApi from "../../../../app/api/am/publisher/v4/apis/import-openapi/route.ts";
import * as createOrList from "../../../../app/api/am/publisher/v4/apis/route.ts";
import * as validate from "../../../../app/api/am/publisher/v4/apis/validate/route.ts";
import * as validateEndpoint from "../../../../app/api/am/publisher/v4/apis/validate-endpoint/route.ts";
import * as validateOpenApi from "../../../../app/api/am/publisher/v4/apis/validate-openapi/route.ts";
import * as gateways from "../../../../app/api/am/publisher/v4/gateways/route.ts";
import * as oneRateTier from "../../../../app/api/am/publisher/v4/rate-limits/[name]/route.ts";
import * as rateTiers from "../../../../app/api/am/publisher/v4/rate-limits/route.ts";
import { type RestMethod, restBasePath, restMethods } from "../operation.ts";

/** The route modules by their path below the base, fixed ones before those with parameters, as Next.js matches them. */
export const routeModules = {
  "/apis/apply": applyApis,
  "/apis": createOrList,
  "/apis/change-lifecycle": changeLifecycle,
  "/apis/copy-apis": copyApis,
  "/apis/deleted": deletedApis,
  "/apis/deleted/{apiId}/restore": restoreDeleted,
  "/apis/export": exportApi,
  "/apis/import": importApi,
  "/apis/validate": validate,
  "/apis/validate-endpoint": validateEndpoint,
  "/apis/validate-openapi": validateOpenApi,
  "/apis/import-openapi": importOpenApi,
  "/apis/{apiId}": oneApi,
  "/apis/{apiId}/api-keys": apiKeys,
  "/apis/{apiId}/api-keys/{keyId}": oneApiKey,
  "/apis/{apiId}/api-keys/{keyId}/rotate": rotateApiKey,
  "/gateways": gateways,
  "/apis/{apiId}/requests": requests,
  "/apis/{apiId}/requests/{requestId}": oneRequest,
  "/rate-limits": rateTiers,
  "/rate-limits/{name}": oneRateTier,
  "/apis/{apiId}/transfer": transfer,
  "/apis/{apiId}/co-owners": coOwners,
  "/apis/{apiId}/co-owners/{userId}": oneCoOwner,
  "/apis/{apiId}/documents": documents,
  "/apis/{apiId}/documents/{documentId}": oneDocument,
  "/apis/{apiId}/documents/{documentId}/content": documentContent,
  "/apis/{apiId}/endpoint-certificates": certificates,
  "/apis/{apiId}/endpoint-certificates/{certificateId}": oneCertificate,
  "/apis/{apiId}/endpoints": endpoints,
  "/apis/{apiId}/endpoints/{keyType}/{endpointId}/switch": endpointSwitch,
  "/apis/{apiId}/generate-key": generateKey,
  "/apis/{apiId}/failures": failures,
  "/apis/{apiId}/statistics": statistics,
  "/apis/{apiId}/swagger": swagger,
  "/apis/{apiId}/guard": guard,
  "/apis/{apiId}/guard/watches": watches,
  "/apis/{apiId}/guard/watches/{watchId}/dismiss": dismissWatch,
  "/apis/{apiId}/guard/watches/{watchId}/keep": keepChange,
  "/apis/{apiId}/lifecycle-state": lifecycleState,
  "/apis/{apiId}/restore-revision": restoreRevision,
  "/apis/{apiId}/revisions": revisions,
  "/apis/{apiId}/revisions/compare": compareRevisions,
  "/apis/{apiId}/revisions/{revisionId}": oneRevision,
  "/apis/{apiId}/scheduled-publishes": schedules,
  "/apis/{apiId}/scheduled-publishes/{scheduleId}": oneSchedule,
  "/apis/{apiId}/scheduled-publishes/{scheduleId}/publish": publishScheduled,
};

export type RestReply = {
  status: number;
  headers: Headers;
  body: Record<string, unknown>;
  /** The path of the route that answered, as the OpenAPI document names it; undefined: none. */
  route: string | undefined;
};
export type RestCall = (
  method: RestMethod,
  path: string,
  body?: unknown,
  headers?: Record<string, string>,
) => Promise<RestReply>;

/** Calls the real route handlers, without a server before them. A string body is sent as it is, a form as one. */
export function restClient(authorization?: string): RestCall {
  return async (method, path, body, headers = {}) => {
    const url = new URL(`${restBasePath}${path}`, "http://publisher.test");
    const isRaw = body === undefined || typeof body === "string" || body instanceof FormData;
    const sent = isRaw ? body : JSON.stringify(body);
    const request = new Request(url, {
      method,
      headers: {
        host: "publisher.test",
        ...(authorization === undefined ? {} : { authorization }),
        ...(body === undefined || body instanceof FormData ? {} : { "content-type": "application/json" }),
        ...headers,
      },
      ...(sent === undefined ? {} : { body: sent }),
    });
    const { route, params } = matchRoute(url.pathname.slice(restBasePath.length));
    const module = route === undefined ? unknown : routeModules[route];
    const response = await module[method](request, { params: Promise.resolve(params) });
    const answer = await response.text();
    const parsed: unknown = answer === "" ? {} : JSON.parse(answer);
    return { status: response.status, headers: response.headers, body: { ...Object(parsed) }, route };
  };
}

type RoutePath = keyof typeof routeModules;
const routePaths: RoutePath[] = Object.keys(routeModules).filter((path): path is RoutePath => path in routeModules);

function matchRoute(path: string): { route?: RoutePath; params: Record<string, string> } {
  for (const route of routePaths) {
    const pattern = new RegExp(`^${route.replace(/\{(\w+)\}/g, "(?<$1>[^/]+)")}$`);
    const groups = pattern.exec(path)?.groups;
    if (groups || pattern.test(path)) {
      const params = Object.entries(groups ?? {}).map(([name, value]) => [name, decodeURIComponent(value)]);
      return { route, params: Object.fromEntries(params) };
    }
  }
  return { params: {} };
}

/** Methods that a route really serves: the others answer 405. */
export async function servedMethods(route: RoutePath): Promise<string[]> {
  const path = route.replace(/\{\w+\}/g, "00000000-0000-4000-8000-000000000000");
  const replies = await Promise.all(
    restMethods.map(async (method) => ({ method, reply: await restClient()(method, path) })),
  );
  return replies.filter(({ reply }) => reply.status !== 405).map(({ method }) => method);
}
