import Button from "@mui/material/Button";
import { EmptyState } from "@/components/ui/empty-state.tsx";

export default function NotFound() {
  return (
    <EmptyState
      title="Nothing is here"
      description="The address is wrong, or what was here has been deleted."
      action={
        <Button variant="contained" href="/apis">
          All APIs
        </Button>
      }
    />
  );
}
