import type { ReactNode } from "react";
import { pageAnswer } from "@/app/(publisher)/page-answer.ts";
import { ApiTopBar } from "@/components/apis/api-top-bar.tsx";
import { getApi } from "@/lib/server/apis/get-api.ts";
import { requirePageContext } from "@/lib/server/auth/page-context.ts";

type ApiLayoutProps = { params: Promise<{ apiId: string }>; children: ReactNode };

export default async function ApiLayout({ params, children }: ApiLayoutProps) {
  const { apiId } = await params;
  const context = await requirePageContext();
  const api = await pageAnswer(getApi(context, apiId));
  return (
    <>
      <ApiTopBar api={api} />
      {children}
    </>
  );
}
