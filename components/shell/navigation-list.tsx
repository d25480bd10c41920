"use client";

import List from "@mui/material/List";
import ListItem from "@mui/material/ListItem";
import ListItemButton from "@mui/material/ListItemButton";
import ListItemText from "@mui/material/ListItemText";
import Typography from "@mui/material/Typography";
import { navigationColors as colors } from "@/components/theme/navigation-colors.ts";
import { isAtEntry, type NavigationEntry } from "./navigation-entries.ts";

type NavigationListProps = {
  title?: string;
  entries: readonly NavigationEntry[];
  pathname: string;
  onFollow: () => void;
};

/** A group of links; the one we are at is marked by shape, weight and for screen readers. */
export function NavigationList({ title, entries, pathname, onFollow }: NavigationListProps) {
  return (
    <>
      {title && (
        <Typography component="p" variant="body2" sx={{ px: 2, pt: 1.5, color: colors.muted }}>
          {title}
        </Typography>
      )}
      <List dense aria-label={title}>
        {entries.map(({ label, href }) => {
          const isCurrent = isAtEntry(pathname, href);
          return (
            <ListItem key={href} disablePadding>
              <ListItemButton
                href={href}
                onClick={onFollow}
                aria-current={isCurrent ? "page" : undefined}
                sx={{
                  py: 0.75,
                  borderLeft: "3px solid",
                  borderColor: isCurrent ? colors.accent : "transparent",
                  bgcolor: isCurrent ? colors.active : "transparent",
                  color: isCurrent ? colors.textActive : colors.text,
                  "&:hover": { bgcolor: colors.active },
                  "&.Mui-focusVisible": {
                    bgcolor: colors.active,
                    outline: `2px solid ${colors.accent}`,
                    outlineOffset: -2,
                  },
                }}
              >
                <ListItemText
                  primary={label}
                  slotProps={{ primary: { sx: { fontWeight: isCurrent ? 500 : 400, fontSize: 14 } } }}
                />
              </ListItemButton>
            </ListItem>
          );
        })}
      </List>
    </>
  );
}
