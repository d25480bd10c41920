import { ListSkeleton } from "@/components/admin/page-skeleton.tsx";

export default function Loading() {
  return <ListSkeleton title="Deleted APIs" lines={6} />;
}
