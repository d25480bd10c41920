import { answerSampleRequest } from "@/lib/server/apis/sample-backend.ts";

type Routed = { params: Promise<{ path: string[] }> };

export async function GET(request: Request, { params }: Routed): Promise<Response> {
  return answerSampleRequest(request, (await params).path);
}

export async function POST(request: Request, { params }: Routed): Promise<Response> {
  return answerSampleRequest(request, (await params).path);
}
