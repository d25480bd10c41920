"use client";

import Alert from "@mui/material/Alert";
import Button from "@mui/material/Button";
import Stack from "@mui/material/Stack";
import Typography from "@mui/material/Typography";
import { useState } from "react";
import { CreateApiForm } from "@/components/apis/create-api-form.tsx";
import { countOf } from "./count-of.ts";
import { DefinitionPicker, type PickedDefinition } from "./definition-picker.tsx";
import { importDefinition } from "./definition-requests.ts";
import { OperationList } from "./operation-list.tsx";

/** Create an API from an OpenAPI document: first the document, then what it does not say. */
export function ImportOpenApi({ gatewayUrl }: { gatewayUrl: string }) {
  const [picked, setPicked] = useState<PickedDefinition>();
  if (!picked) return <DefinitionPicker onPicked={setPicked} />;
  const { info, text } = picked;
  const { name, context, version, endpoints } = info;
  return (
    <Stack sx={{ gap: 3 }}>
      <Alert
        severity="success"
        role="status"
        sx={{ maxWidth: 640 }}
        action={
          <Button color="inherit" size="small" onClick={() => setPicked(undefined)}>
            Other document
          </Button>
        }
      >
        {info.title} {info.version} ({info.openAPIVersion}) has {countOf(info.operations.length, "operation")}
        {endpoints.length > 0 ? ` and names ${countOf(endpoints.length, "server")}` : " and names no server"}.
      </Alert>
      <CreateApiForm
        gatewayUrl={gatewayUrl}
        offer={{ name, context, version, endpoints }}
        create={(properties) => importDefinition(text, properties)}
      />
      <Stack component="section" aria-labelledby="operations" sx={{ gap: 1, maxWidth: 720 }}>
        <Typography variant="h6" component="h2" id="operations">
          Operations
        </Typography>
        <OperationList label="Operations of the document" operations={info.operations} />
      </Stack>
    </Stack>
  );
}
