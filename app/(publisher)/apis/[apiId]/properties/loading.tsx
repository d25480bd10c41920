import { FormSkeleton } from "@/components/admin/page-skeleton.tsx";

export default function Loading() {
  return <FormSkeleton title="Properties" fields={3} />;
}
