import FormControl from "@mui/material/FormControl";
import FormControlLabel from "@mui/material/FormControlLabel";
import FormHelperText from "@mui/material/FormHelperText";
import FormLabel from "@mui/material/FormLabel";
import Radio from "@mui/material/Radio";
import RadioGroup from "@mui/material/RadioGroup";
import { useId } from "react";
import { type UserRole, userRoles } from "@/lib/model/account.ts";
import { roleMeanings, roleNames } from "./role-names.ts";

type RoleFieldProps = { value: UserRole; onChange: (role: UserRole) => void };

/** One of the roles, with what it means. */
export function RoleField({ value, onChange }: RoleFieldProps) {
  const labelId = useId();
  return (
    <FormControl>
      <FormLabel id={labelId}>Role</FormLabel>
      <RadioGroup
        row
        aria-labelledby={labelId}
        value={value}
        onChange={(_, next) => {
          const role = userRoles.find((one) => one === next);
          if (role) onChange(role);
        }}
      >
        {userRoles.map((role) => (
          <FormControlLabel key={role} value={role} control={<Radio />} label={roleNames[role]} />
        ))}
      </RadioGroup>
      <FormHelperText sx={{ mx: 0 }}>{roleMeanings[value]}</FormHelperText>
    </FormControl>
  );
}
