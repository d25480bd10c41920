import FormControlLabel from "@mui/material/FormControlLabel";
import FormHelperText from "@mui/material/FormHelperText";
import Switch from "@mui/material/Switch";
import { useId } from "react";
import { useRefusal } from "@/components/ui/when-permitted.tsx";

type OnlyOperationsSwitchProps = { checked: boolean; onChange: (checked: boolean) => void };

export function OnlyOperationsSwitch({ checked, onChange }: OnlyOperationsSwitchProps) {
  const helpId = useId();
  const isReadOnly = useRefusal() !== undefined;
  return (
    <div>
      <FormControlLabel
        label="Serve only these"
        disabled={isReadOnly}
        control={
          <Switch
            checked={checked}
            onChange={(_, next) => onChange(next)}
            slotProps={{ input: { "aria-describedby": helpId } }}
          />
        }
      />
      <FormHelperText id={helpId}>
        On: other paths get 404, and other methods of these paths 405, before any endpoint hears of it. Off: everything
        under the API's context is served, by the API's own rules where no operation matches.
      </FormHelperText>
    </div>
  );
}
