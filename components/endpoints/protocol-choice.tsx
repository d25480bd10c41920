"use client";

import FormControl from "@mui/material/FormControl";
import FormControlLabel from "@mui/material/FormControlLabel";
import Radio from "@mui/material/Radio";
import RadioGroup from "@mui/material/RadioGroup";
import type { EndpointConfig } from "@/lib/model/endpoint-config.ts";
import { protocolNames } from "./endpoint-words.ts";

type ProtocolChoiceProps = {
  value: EndpointConfig["protocol"];
  onChange: (protocol: EndpointConfig["protocol"]) => void;
};

/** What the endpoints speak. */
export function ProtocolChoice({ value, onChange }: ProtocolChoiceProps) {
  return (
    <FormControl>
      <RadioGroup
        row
        aria-label="Kind of endpoint"
        value={value}
        onChange={(_, chosen) => onChange(chosen === "soap" ? "soap" : "rest")}
      >
        <FormControlLabel value="rest" control={<Radio />} label={protocolNames.rest} />
        <FormControlLabel value="soap" control={<Radio />} label={protocolNames.soap} />
      </RadioGroup>
    </FormControl>
  );
}
