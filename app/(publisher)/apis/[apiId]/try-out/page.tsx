import type { Metadata } from "next";
import { pageAnswer } from "@/app/(publisher)/page-answer.ts";
import type { TryOutDraft } from "@/components/try-out/try-out-draft.ts";
import { TryOutPanel } from "@/components/try-out/try-out-panel.tsx";
import { PageHeader } from "@/components/ui/page-header.tsx";
import { versionedPath } from "@/lib/model/api-naming.ts";
import { callerCredential } from "@/lib/model/caller-credential.ts";
import { keyTypes } from "@/lib/model/endpoint-config.ts";
import { isRouted } from "@/lib/model/lifecycle.ts";
import { tryOutMethods } from "@/lib/model/try-out.ts";
import { getApi } from "@/lib/server/apis/get-api.ts";
import { requirePageContext } from "@/lib/server/auth/page-context.ts";
import { publisherEnvironment } from "@/lib/server/env.ts";

export const metadata: Metadata = { title: "Try out" };

type TryOutPageProps = {
  params: Promise<{ apiId: string }>;
  /** `method` and `path`: what is filled in, from another page. */
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export default async function TryOutPage({ params, searchParams }: TryOutPageProps) {
  const { apiId } = await params;
  const { method, path } = await searchParams;
  const api = await pageAnswer(getApi(await requirePageContext(), apiId));
  const basePath = versionedPath(api.context, api.version);
  const offered = keyTypes.filter((keyType) => api.endpointConfig?.[keyType] !== undefined);
  const initial: TryOutDraft = {
    keyType: offered[0] ?? "production",
    method: tryOutMethods.find((known) => known === method) ?? "GET",
    path: typeof path === "string" && path.startsWith("/") ? path.slice(0, 4_000) : "/",
    ...{ parameters: {}, query: [], headers: [], contentType: "application/json", body: "" },
  };
  return (
    <>
      <PageHeader
        title="Try out"
        description="Sends requests through the gateway, as a consumer would, with a key that is good for one of them."
      />
      <TryOutPanel
        key={`${initial.method} ${initial.path}`}
        apiId={api.id}
        url={`${publisherEnvironment().gatewayPublicUrl}${basePath}`}
        basePath={basePath}
        credential={callerCredential(api)}
        isServed={isRouted(api.lifecycleState)}
        keyTypes={offered}
        operations={api.operations}
        initial={initial}
      />
    </>
  );
}
