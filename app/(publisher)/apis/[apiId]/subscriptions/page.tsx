import type { Metadata } from "next";
import { pageAnswer } from "@/app/(publisher)/page-answer.ts";
import { ApiKeysPanel } from "@/components/api-keys/api-keys-panel.tsx";
import { versionedPath } from "@/lib/model/api-naming.ts";
import { keysNote } from "@/lib/model/caller-credential.ts";
import { listApiKeys } from "@/lib/server/api-keys/list-api-keys.ts";
import { getApi } from "@/lib/server/apis/get-api.ts";
import { requirePageContext } from "@/lib/server/auth/page-context.ts";
import { publisherEnvironment } from "@/lib/server/env.ts";
import { listRateTiers } from "@/lib/server/rate-tiers/list-rate-tiers.ts";

export const metadata: Metadata = { title: "Subscriptions" };

export default async function SubscriptionsPage({ params }: { params: Promise<{ apiId: string }> }) {
  const { apiId } = await params;
  const context = await requirePageContext();
  const [api, keys, tiers] = await pageAnswer(
    Promise.all([getApi(context, apiId), listApiKeys(context, apiId), listRateTiers(context)]),
  );
  const url = `${publisherEnvironment().gatewayPublicUrl}${versionedPath(api.context, api.version)}/`;
  const note = keysNote(api);
  return <ApiKeysPanel apiId={api.id} url={url} keys={keys} tiers={tiers} note={note} now={context.now()} />;
}
