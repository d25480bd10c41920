import Typography from "@mui/material/Typography";
import { EmptyState } from "@/components/ui/empty-state.tsx";

export default function AdminForbidden() {
  return (
    <>
      <Typography component="h1" variant="h4" sx={{ mb: 2 }}>
        Administration
      </Typography>
      <EmptyState
        title="For administrators only"
        description="Ask an administrator to look something up for you, or to make you one under Administration, Users."
      />
    </>
  );
}
