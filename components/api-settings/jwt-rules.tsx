"use client";

import Box from "@mui/material/Box";
import FormControlLabel from "@mui/material/FormControlLabel";
import FormHelperText from "@mui/material/FormHelperText";
import Switch from "@mui/material/Switch";
import TextField from "@mui/material/TextField";
import { useId } from "react";
import { RateTierField } from "@/components/rate-limits/rate-tier-field.tsx";
import { WhenPermitted } from "@/components/ui/when-permitted.tsx";
import { type JwtSettings, jwtAlgorithms, mostToleranceSeconds } from "@/lib/model/jwt-settings.ts";
import type { RateTier } from "@/lib/model/rate-limit.ts";
import { ChipsField } from "./chips-field.tsx";
import { KeySetCheckLine } from "./key-set-check-line.tsx";
import { TokenTester } from "./token-tester.tsx";

type JwtRulesProps = {
  apiId: string;
  jwt: JwtSettings;
  tiers: readonly RateTier[];
  problemOf: (...path: (keyof JwtSettings | "claim" | "values" | "rateTier")[]) => string | undefined;
  onChange: (jwt: JwtSettings) => void;
};

const twoColumns = { display: "grid", gap: 2, gridTemplateColumns: { sm: "1fr 1fr" }, alignItems: "start" } as const;

/** What a token has to be, and what follows from what it says. */
export function JwtRules({ apiId, jwt, tiers, problemOf, onChange }: JwtRulesProps) {
  const change = (part: Partial<JwtSettings>) => onChange({ ...jwt, ...part });
  const { sandbox, consumer } = jwt;
  const changeSandbox = (next: NonNullable<JwtSettings["sandbox"]>) =>
    change({ sandbox: next.claim === "" && next.values.length === 0 ? null : next });
  const helpId = useId();
  return (
    <Box
      role="group"
      aria-label="JWT security"
      sx={{ display: "grid", gap: 2, pl: { sm: 2 }, borderLeft: { sm: 2 }, borderColor: { sm: "divider" } }}
    >
      <TextField
        label="Issuer"
        required
        value={jwt.issuer}
        onChange={(event) => change({ issuer: event.target.value })}
        error={problemOf("issuer") !== undefined}
        helperText={problemOf("issuer") ?? "The claim iss, to the letter: https://login.example.com/"}
      />
      <ChipsField
        label="Audiences"
        values={jwt.audiences}
        options={[]}
        error={problemOf("audiences")}
        hint="The claim aud has to name one of them. Without it, tokens for other services would be good here."
        onChange={(audiences) => change({ audiences })}
      />
      <div>
        <TextField
          label="JWKS URL"
          required
          fullWidth
          value={jwt.jwksUrl}
          onChange={(event) => change({ jwksUrl: event.target.value })}
          error={problemOf("jwksUrl") !== undefined}
          helperText={
            problemOf("jwksUrl") ??
            (jwt.jwksUrl.startsWith("http:")
              ? "Over http, whoever is on the way can put keys of their own in place of the issuer's. Use https where there is one."
              : "Where the issuer publishes its public keys.")
          }
          slotProps={{ htmlInput: { inputMode: "url", spellCheck: false } }}
        />
        <WhenPermitted>
          <KeySetCheckLine apiId={apiId} jwksUrl={jwt.jwksUrl} algorithms={jwt.algorithms} />
        </WhenPermitted>
      </div>
      <ChipsField
        label="Algorithms"
        values={jwt.algorithms}
        options={jwtAlgorithms}
        error={problemOf("algorithms")}
        hint="How tokens may be signed. Those with a shared secret (HS256) are never accepted."
        onChange={(chosen) => change({ algorithms: jwtAlgorithms.filter((known) => chosen.includes(known)) })}
      />
      <ChipsField
        label="Scopes"
        values={jwt.scopes}
        options={[]}
        error={problemOf("scopes")}
        hint="A token has to have all of them, in its claim scope or scp; others get 403. None: no scope is asked for."
        onChange={(scopes) => change({ scopes })}
      />
      <Box sx={twoColumns}>
        <TextField
          label="Claim that means sandbox"
          value={sandbox?.claim ?? ""}
          onChange={(event) => changeSandbox({ claim: event.target.value.trim(), values: sandbox?.values ?? [] })}
          error={problemOf("sandbox", "claim") !== undefined}
          helperText={problemOf("sandbox", "claim") ?? "Empty: all tokens lead to production."}
        />
        <ChipsField
          label="With one of the values"
          values={sandbox?.values ?? []}
          options={[]}
          error={problemOf("sandbox", "values")}
          hint="Tokens with another value lead to production."
          onChange={(values) => changeSandbox({ claim: sandbox?.claim ?? "", values })}
        />
      </Box>
      <Box sx={twoColumns}>
        <TextField
          label="Claim that names the consumer"
          value={consumer?.claim ?? ""}
          onChange={({ target: { value } }) =>
            change({
              consumer: value.trim() === "" ? null : { claim: value.trim(), rateTier: consumer?.rateTier ?? null },
            })
          }
          error={problemOf("consumer", "claim") !== undefined}
          helperText={
            problemOf("consumer", "claim") ??
            "sub, azp or client_id; tokens without it are refused. Empty: nobody is told apart."
          }
        />
        <RateTierField
          label="Rate limit of each consumer"
          tiers={tiers}
          value={consumer?.rateTier ?? null}
          disabled={consumer === null}
          onChange={(rateTier) => consumer && change({ consumer: { ...consumer, rateTier } })}
          error={problemOf("consumer", "rateTier") !== undefined}
          helperText={problemOf("consumer", "rateTier") ?? "At each gateway, beside the limit of the API."}
        />
      </Box>
      <TextField
        label="Clock tolerance"
        value={Number.isNaN(jwt.clockToleranceSeconds) ? "" : jwt.clockToleranceSeconds}
        onChange={({ target: { value } }) => change({ clockToleranceSeconds: numberOf(value) })}
        error={problemOf("clockToleranceSeconds") !== undefined}
        helperText={
          problemOf("clockToleranceSeconds") ??
          `Seconds by which clocks may differ, 0 to ${mostToleranceSeconds}: a token is good for so long after it expires.`
        }
        slotProps={{ htmlInput: { inputMode: "numeric" } }}
        sx={{ maxWidth: 320 }}
      />
      <div>
        <FormControlLabel
          label="Forward the token to endpoints"
          control={
            <Switch
              checked={jwt.forwardToken}
              onChange={(_, forwardToken) => change({ forwardToken })}
              slotProps={{ input: { "aria-describedby": helpId } }}
            />
          }
        />
        <FormHelperText id={helpId}>
          Off: the header Authorization ends at the gateway. On: endpoints get it, unless they are shown credentials of
          the gateway's own.
        </FormHelperText>
      </div>
      <WhenPermitted>
        <TokenTester apiId={apiId} jwt={jwt} />
      </WhenPermitted>
    </Box>
  );
}

/** What is no number stays something that is refused at the field. */
function numberOf(typed: string): number {
  return /^\d+$/.test(typed.trim()) ? Number(typed) : Number.NaN;
}
