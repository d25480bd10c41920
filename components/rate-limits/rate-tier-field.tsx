import MenuItem from "@mui/material/MenuItem";
import TextField, { type TextFieldProps } from "@mui/material/TextField";
import { type RateTier, rateTierWords, unlimitedTier } from "@/lib/model/rate-limit.ts";

type RateTierFieldProps = Omit<TextFieldProps, "value" | "onChange" | "select" | "children"> & {
  tiers: readonly RateTier[];
  /** Null: Unlimited. */
  value: string | null;
  onChange: (tier: string | null) => void;
};

/** Chooses a rate limit by its name. One that is chosen and gone stays in the list, so that it is seen. */
export function RateTierField({ tiers, value, onChange, ...field }: RateTierFieldProps) {
  const isGone = value !== null && !tiers.some(({ name }) => name === value);
  return (
    <TextField
      {...field}
      select
      value={value ?? unlimitedTier}
      onChange={(event) => onChange(event.target.value === unlimitedTier ? null : event.target.value)}
    >
      <MenuItem value={unlimitedTier}>{unlimitedTier}</MenuItem>
      {tiers.map((tier) => (
        <MenuItem key={tier.name} value={tier.name}>
          {tier.name}: {rateTierWords(tier)}
        </MenuItem>
      ))}
      {isGone && <MenuItem value={value}>{value} (no longer there)</MenuItem>}
    </TextField>
  );
}
