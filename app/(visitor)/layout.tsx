import Box from "@mui/material/Box";
import Card from "@mui/material/Card";
import Typography from "@mui/material/Typography";
import type { ReactNode } from "react";
import { LogoMark } from "@/components/shell/logo.tsx";
import { navigationColors } from "@/components/theme/navigation-colors.ts";

export default function VisitorLayout({ children }: { children: ReactNode }) {
  return (
    <Box
      component="main"
      sx={{ minHeight: "100vh", display: "grid", placeItems: "center", p: 2, bgcolor: navigationColors.background }}
    >
      <Box sx={{ width: "100%", maxWidth: 420 }}>
        <Box
          sx={{
            display: "flex",
            alignItems: "center",
            justifyContent: "center",
            gap: 1.5,
            mb: 3,
            color: navigationColors.textActive,
          }}
        >
          <LogoMark size={36} />
          <Typography component="span" sx={{ fontSize: 26, fontWeight: 500 }}>
            Fairlead
          </Typography>
        </Box>
        <Card sx={{ p: { xs: 3, sm: 4 } }}>{children}</Card>
      </Box>
    </Box>
  );
}
