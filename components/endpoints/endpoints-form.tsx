"use client";

import Alert from "@mui/material/Alert";
import Card from "@mui/material/Card";
import CardContent from "@mui/material/CardContent";
import Skeleton from "@mui/material/Skeleton";
import Stack from "@mui/material/Stack";
import dynamic from "next/dynamic";
import { useRef, useState } from "react";
import { UnsavedChangesGuard } from "@/components/ui/unsaved-changes-guard.tsx";
import type { Api } from "@/lib/model/api.ts";
import { type KeyType, keyTypes } from "@/lib/model/endpoint-config.ts";
import { Announcement } from "./announcement.tsx";
import { endpointKey } from "./draft-problems.ts";
import { savedEndpoints } from "./endpoints-draft.ts";
import { EndpointsFormActionsBar } from "./endpoints-form-actions-bar.tsx";
import { EndpointsFormContext } from "./endpoints-form-context.ts";
import { GroupConfigurations } from "./group-configurations.tsx";
import { PrimaryEndpointField } from "./primary-endpoint-field.tsx";
import { ProtocolChoice } from "./protocol-choice.tsx";
import { useEndpointsDraft } from "./use-endpoints-draft.ts";
import { useFormActions } from "./use-form-actions.ts";
import { useGatewayProgress } from "./use-gateway-progress.ts";
import { useSaveEndpoints } from "./use-save-endpoints.ts";

// Comes after the fields. Nothing that can be pressed is drawn before it listens.
const EndpointSecuritySection = dynamic(
  () => import("./endpoint-security-section.tsx").then((module) => module.EndpointSecuritySection),
  {
    ssr: false,
    loading: () => <Skeleton variant="rounded" height={48} role="img" aria-label="Endpoint security comes" />,
  },
);
// Dialogs come when they are asked for.
const EndpointSettingsDialog = dynamic(
  () => import("./endpoint-settings-dialog.tsx").then((module) => module.EndpointSettingsDialog),
  { loading: () => null },
);
const StaleEndpointsDialog = dynamic(
  () => import("./stale-endpoints-dialog.tsx").then((module) => module.StaleEndpointsDialog),
  { loading: () => null },
);

/** The Endpoints page of an API: what serves production and sandbox keys, alone or in a group. */
export function EndpointsForm({ api }: { api: Api }) {
  const form = useEndpointsDraft(api);
  const { base, draft, problems } = form;
  const { progress, watch, forget } = useGatewayProgress();
  const [openSettings, setOpenSettings] = useState<{ keyType: KeyType; id: string }>();
  const { actions, announcement } = useFormActions(form, setOpenSettings);
  const { save, schedule, isSaving, stale, comment } = useSaveEndpoints(api, form, watch);
  const element = useRef<HTMLFormElement>(null);
  const inDialog = openSettings && draft[openSettings.keyType].endpoints.find(({ id }) => id === openSettings.id);

  /** Whether everything is as it has to be; else what is wrong is shown, and the first of it has the focus. */
  function isSound(): boolean {
    forget();
    if (form.issues.length === 0 && !form.holdsNewUrl) return true;
    form.complain([]);
    requestAnimationFrame(() => element.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
    return false;
  }

  return (
    <EndpointsFormContext value={actions}>
      <form
        ref={element}
        noValidate
        aria-label="Endpoints"
        onSubmit={(event) => {
          event.preventDefault();
          if (!isSaving && isSound()) save();
        }}
      >
        <UnsavedChangesGuard dirty={form.isDirty} />
        <Stack sx={{ gap: 2 }}>
          <ProtocolChoice
            value={draft.protocol}
            onChange={(protocol) => form.change({ type: "choose-protocol", protocol })}
          />
          {problems.form !== undefined && <Alert severity="error">{problems.form}</Alert>}
          <Card>
            <CardContent sx={{ display: "grid", gap: 1.5 }}>
              {keyTypes.map((keyType) => (
                <PrimaryEndpointField
                  key={keyType}
                  keyType={keyType}
                  group={draft[keyType]}
                  problem={problems.urls.get(endpointKey(keyType, draft[keyType].endpoints[0].id))}
                  dropped={savedEndpoints(base.draft, keyType).length}
                  hint={draft.kind === "single" ? undefined : firstOfGroup[draft.kind]}
                />
              ))}
            </CardContent>
          </Card>
          <GroupConfigurations
            {...{ draft, problems }}
            stored={base.draft}
            newUrls={form.newUrls}
            newUrlProblem={form.newUrlProblem}
          />
          <EndpointSecuritySection
            {...{ draft }}
            stored={base.draft}
            problems={problems.security}
            onChange={(of, values) => form.change({ type: "set-security", of, values })}
          />
        </Stack>
        <EndpointsFormActionsBar
          apiId={api.id}
          form={form}
          isSaving={isSaving}
          progress={progress}
          comment={comment}
          onSchedule={async (time) => (isSound() ? schedule(time) : { ok: false, items: [] })}
        />
        <Announcement text={announcement} />
        {openSettings && inDialog && (
          <EndpointSettingsDialog
            url={inDialog.url}
            settings={inDialog.settings}
            onClose={() => setOpenSettings(undefined)}
            onSave={(settings) => {
              form.change({ type: "set-settings", ...openSettings, settings });
              setOpenSettings(undefined);
            }}
          />
        )}
        {stale && <StaleEndpointsDialog stale={stale} />}
      </form>
    </EndpointsFormContext>
  );
}

const firstOfGroup = {
  "load-balance": "The first endpoint of the load-balanced group below.",
  failover: "The primary of the failover group below.",
  tiered: "The first endpoint of the primary pool below.",
} as const;
