import Button from "@mui/material/Button";
import { EmptyState } from "@/components/ui/empty-state.tsx";

/** Addresses outside every page. */
export default function RootNotFound() {
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
