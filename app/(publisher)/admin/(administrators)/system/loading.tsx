import { ListSkeleton } from "@/components/admin/page-skeleton.tsx";

export default function Loading() {
  return <ListSkeleton title="System" lines={12} />;
}
