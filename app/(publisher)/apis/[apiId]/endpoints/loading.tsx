import { EndpointsSkeleton } from "@/components/endpoints/endpoints-skeleton.tsx";
import { PageHeader } from "@/components/ui/page-header.tsx";

export default function Loading() {
  return (
    <>
      <PageHeader
        title="Endpoints"
        description="Where the gateway sends calls: one backend, or several that share or stand in for each other."
      />
      <EndpointsSkeleton />
    </>
  );
}
