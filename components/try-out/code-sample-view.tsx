"use client";

import Box from "@mui/material/Box";
import ToggleButton from "@mui/material/ToggleButton";
import ToggleButtonGroup from "@mui/material/ToggleButtonGroup";
import { useState } from "react";
import { CopyButton } from "@/components/ui/copy-button.tsx";
import type { TryOutRequest } from "@/lib/model/try-out.ts";
import { codeSample, type SampleCredential, type SampleLanguage, sampleLanguages } from "./code-samples.ts";

type CodeSampleViewProps = { url: string; request: TryOutRequest; credential: SampleCredential };

/** The request as code to copy, with a place for the consumer's key. */
export function CodeSampleView({ url, request, credential }: CodeSampleViewProps) {
  const [language, setLanguage] = useState<SampleLanguage>("curl");
  const text = codeSample(language, url, request, credential);
  return (
    <Box component="section" aria-label="The request as code" sx={{ display: "grid", gap: 1, minWidth: 0 }}>
      <Box sx={{ display: "flex", gap: 1, alignItems: "center" }}>
        <ToggleButtonGroup
          exclusive
          size="small"
          aria-label="Language"
          value={language}
          onChange={(_, chosen: SampleLanguage | null) => chosen && setLanguage(chosen)}
        >
          {sampleLanguages.map((each) => (
            <ToggleButton key={each} value={each} sx={{ textTransform: "none" }}>
              {each}
            </ToggleButton>
          ))}
        </ToggleButtonGroup>
        <CopyButton value={text} label={`Copy as ${language}`} />
      </Box>
      <Box component="pre" className="mono" tabIndex={0} sx={{ m: 0, fontSize: 13, overflow: "auto", maxHeight: 240 }}>
        {text}
      </Box>
    </Box>
  );
}
