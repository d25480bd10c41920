import { redirect } from "next/navigation";

export default async function ApiPage({ params }: { params: Promise<{ apiId: string }> }) {
  redirect(`/apis/${(await params).apiId}/overview`);
}
