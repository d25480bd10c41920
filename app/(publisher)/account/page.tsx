import Stack from "@mui/material/Stack";
import type { Metadata } from "next";
import { AccessTokensPanel } from "@/components/account/access-tokens-panel.tsx";
import { ChangePasswordForm } from "@/components/account/change-password-form.tsx";
import { EndOtherSessionsButton } from "@/components/account/end-other-sessions-button.tsx";
import { SecondFactorPanel } from "@/components/account/second-factor-panel.tsx";
import { SessionList } from "@/components/account/session-list.tsx";
import { roleNames } from "@/components/admin/role-names.ts";
import { Section } from "@/components/admin/section.tsx";
import { PageHeader } from "@/components/ui/page-header.tsx";
import { requirePageContext, requireSession } from "@/lib/server/auth/page-context.ts";
import { listAccessTokens } from "@/lib/server/users/access-tokens.ts";
import { listOwnSessions } from "@/lib/server/users/own-sessions.ts";
import { hasSecondFactor } from "@/lib/server/users/second-factor.ts";

export const metadata: Metadata = { title: "Account" };

export default async function AccountPage() {
  const context = await requirePageContext();
  const { id: sessionId } = await requireSession();
  const [sessions, tokens, secondFactor] = await Promise.all([
    listOwnSessions(context, sessionId),
    listAccessTokens(context),
    hasSecondFactor(context),
  ]);
  const { name, email, role } = context.actor;
  return (
    <>
      <PageHeader title="Account" description={`${name} · ${email} · ${roleNames[role]}`} />
      <Stack sx={{ gap: 5 }}>
        <Section title="Sessions" description="Where you are signed in. End any that you do not know.">
          <SessionList sessions={sessions} />
          {sessions.length > 1 && <EndOtherSessionsButton />}
        </Section>
        <Section title="Access tokens" description="For scripts that call the REST API with your rights.">
          <AccessTokensPanel tokens={tokens} now={context.now()} />
        </Section>
        <Section
          title="Second factor"
          description="Signing in asks for a code of an app on your phone as well. Scripts then use access tokens instead of your password."
        >
          <SecondFactorPanel isOn={secondFactor} />
        </Section>
        <Section title="Password" description="Changing it ends your other sessions.">
          <ChangePasswordForm email={email} />
        </Section>
      </Stack>
    </>
  );
}
