import { FormSkeleton } from "@/components/admin/page-skeleton.tsx";

export default function Loading() {
  return <FormSkeleton title="Try out" fields={4} />;
}
