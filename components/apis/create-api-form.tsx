"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import Alert from "@mui/material/Alert";
import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import Stack from "@mui/material/Stack";
import TextField from "@mui/material/TextField";
import { useRouter } from "next/navigation";
import { useId, useState } from "react";
import { useForm, useWatch } from "react-hook-form";
import { z } from "zod";
import { useNotify } from "@/components/ui/notify.tsx";
import { UnsavedChangesGuard } from "@/components/ui/unsaved-changes-guard.tsx";
import type { ActionResult } from "@/lib/model/action-result.ts";
import {
  apiContextSchema,
  apiNameSchema,
  apiVersionSchema,
  normalizedContext,
  versionedPath,
} from "@/lib/model/api-naming.ts";
import { endpointUrlSchema } from "@/lib/model/endpoint-url.ts";
import { createApiAction } from "@/lib/server/actions/create-api-action.ts";
import { isContextTakenAction } from "@/lib/server/actions/is-context-taken-action.ts";

const createApiSchema = z.object({
  name: apiNameSchema,
  context: apiContextSchema,
  version: apiVersionSchema,
  endpointUrl: z.union([z.literal(""), endpointUrlSchema]),
});

const fields = ["name", "context", "version", "endpointUrl"] as const;

type CreateApiFormProps = {
  gatewayUrl: string;
  /** What stands in the form at first, and endpoints to choose from. */
  offer?: NewApiOffer;
  create?: (api: NewApi) => Promise<ActionResult<{ id: string }>>;
};

export type NewApiOffer = { name: string; context: string; version: string; endpoints: readonly string[] };
type NewApi = { name: string; context: string; version: string; endpointUrl?: string; publish: boolean };

/** Create an API: where it answers, and the first backend behind it. */
export function CreateApiForm({ gatewayUrl, offer, create = createApiAction }: CreateApiFormProps) {
  const endpointsId = useId();
  const { endpoints, ...offered } = offer ?? { name: "", context: "", version: "", endpoints: [] };
  const router = useRouter();
  const notify = useNotify();
  const [message, setMessage] = useState<string>();
  const [isPublishing, setPublishing] = useState(false);
  const form = useForm({
    resolver: zodResolver(createApiSchema),
    mode: "onTouched",
    defaultValues: { ...offered, endpointUrl: endpoints[0] ?? "" },
  });
  const { register, formState, setError, control } = form;
  const { errors, isSubmitting, isDirty, isSubmitSuccessful } = formState;

  const submit = (publish: boolean) =>
    form.handleSubmit(async ({ endpointUrl, ...values }) => {
      setMessage(undefined);
      setPublishing(publish);
      if (publish && endpointUrl === "") {
        setError(
          "endpointUrl",
          { message: "Publishing needs an endpoint: enter the URL of a backend." },
          { shouldFocus: true },
        );
        return;
      }
      const result = await create({ ...values, publish, ...(endpointUrl === "" ? {} : { endpointUrl }) });
      if (result.ok) {
        notify.success(publish ? `${values.name} is published.` : `${values.name} is created.`);
        router.push(`/apis/${result.value.id}/${publish ? "overview" : "endpoints"}`);
        return;
      }
      const atFields = result.problem.items.flatMap((item) => {
        const field = fields.find((candidate) => candidate === item.path);
        return field ? [{ field, message: item.message }] : [];
      });
      for (const item of atFields) setError(item.field, { message: item.message }, { shouldFocus: true });
      if (atFields.length === 0) setMessage(result.problem.message);
    });

  const contextField = register("context");
  /** Told as soon as the field is left; the save checks again. */
  const checkContext = async () => {
    const context = apiContextSchema.safeParse(form.getValues("context"));
    if (!context.success) return;
    const taken = await isContextTakenAction(context.data);
    if (!taken.ok || !taken.value || normalizedContext(form.getValues("context")) !== context.data) return;
    setError("context", { message: `${context.data} is taken by another API. Choose another context.` });
  };

  return (
    <Stack component="form" noValidate onSubmit={submit(false)} sx={{ gap: 3, maxWidth: 640 }}>
      <UnsavedChangesGuard
        dirty={isDirty && !isSubmitting && !(isSubmitSuccessful && Object.keys(errors).length === 0 && !message)}
      />
      {message && <Alert severity="error">{message}</Alert>}
      <TextField
        label="Name"
        required
        autoFocus
        placeholder="PizzaShackAPI"
        {...register("name")}
        error={errors.name !== undefined}
        helperText={errors.name?.message ?? "What publishers and consumers call it."}
      />
      <Box sx={{ display: "grid", gap: 3, gridTemplateColumns: { sm: "2fr 1fr" } }}>
        <TextField
          label="Context"
          required
          placeholder="/pizzashack"
          {...contextField}
          onBlur={async (event) => {
            await contextField.onBlur(event);
            await checkContext();
          }}
          error={errors.context !== undefined}
          helperText={errors.context?.message ?? "The beginning of its path."}
        />
        <TextField
          label="Version"
          required
          placeholder="1.0.0"
          {...register("version")}
          error={errors.version !== undefined}
          helperText={errors.version?.message ?? " "}
        />
      </Box>
      <ExposedAt control={control} gatewayUrl={gatewayUrl} />
      <TextField
        label="Endpoint"
        placeholder="https://backend.example.com/api"
        {...register("endpointUrl")}
        error={errors.endpointUrl !== undefined}
        helperText={
          errors.endpointUrl?.message ?? "URL of the backend, for production and sandbox. More can be added afterwards."
        }
        slotProps={{ htmlInput: { className: "mono", inputMode: "url", spellCheck: false, list: endpointsId } }}
      />
      <datalist id={endpointsId}>
        {endpoints.map((url) => (
          <option key={url} value={url} />
        ))}
      </datalist>
      <Box sx={{ display: "flex", flexWrap: "wrap", gap: 1 }}>
        <Button type="submit" variant="contained" loading={isSubmitting && !isPublishing} disabled={isSubmitting}>
          Create
        </Button>
        <Button
          variant="outlined"
          onClick={submit(true)}
          loading={isSubmitting && isPublishing}
          disabled={isSubmitting}
        >
          Create & Publish
        </Button>
        <Button href="/apis">Cancel</Button>
      </Box>
    </Stack>
  );
}

type CreateApiControl = ReturnType<
  typeof useForm<z.input<typeof createApiSchema>, unknown, z.output<typeof createApiSchema>>
>["control"];

/** Where the API will answer, as it is typed. */
function ExposedAt({ control, gatewayUrl }: { control: CreateApiControl; gatewayUrl: string }) {
  const [context, version] = useWatch({ control, name: ["context", "version"] });
  const path = versionedPath(normalizedContext(context) || "/context", version.trim() || "version");
  return (
    <Alert severity="info" icon={false} role="status">
      API will be exposed in <strong className="mono">{path}</strong> at the gateway{" "}
      <span className="mono" style={{ overflowWrap: "anywhere" }}>
        ({gatewayUrl}
        {path})
      </span>
    </Alert>
  );
}
