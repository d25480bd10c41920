import Button from "@mui/material/Button";
import { EmptyState } from "@/components/ui/empty-state.tsx";

export default function Forbidden() {
  return (
    <EmptyState
      title="This is not yours to see"
      description="It belongs to another publisher, or your role does not include it. Ask its provider or an administrator."
      action={
        <Button variant="contained" href="/apis">
          To the APIs
        </Button>
      }
    />
  );
}
