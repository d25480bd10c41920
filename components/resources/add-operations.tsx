import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import FormHelperText from "@mui/material/FormHelperText";
import TextField from "@mui/material/TextField";
import ToggleButton from "@mui/material/ToggleButton";
import ToggleButtonGroup from "@mui/material/ToggleButtonGroup";
import { type KeyboardEvent, useId, useRef, useState } from "react";
import {
  mostOperations,
  type Operation,
  type OperationMethod,
  operationKey,
  operationMethods,
  operationPathSchema,
} from "@/lib/model/operation.ts";

type AddOperationsProps = { present: readonly Operation[]; onAdd: (added: readonly Operation[]) => void };

/** A path and its methods: one operation for each. */
export function AddOperations({ present, onAdd }: AddOperationsProps) {
  const [path, setPath] = useState("");
  const [methods, setMethods] = useState<readonly OperationMethod[]>(["GET"]);
  const [problem, setProblem] = useState<{ field: "path" | "methods"; message: string }>();
  const field = useRef<HTMLInputElement>(null);
  const methodsHelpId = useId();

  function add(): void {
    const found = problemOf(path.trim(), methods, present);
    setProblem(found);
    if (!found) {
      onAdd(
        operationMethods
          .filter((method) => methods.includes(method))
          .map((method) => ({ method, path: path.trim(), secured: true, rateTier: null, summary: "" })),
      );
      setPath("");
    }
    if (found?.field !== "methods") field.current?.focus();
  }

  /** Enter adds here, and does not save. */
  function onKeyDown(event: KeyboardEvent): void {
    if (event.key !== "Enter" || event.nativeEvent.isComposing) return;
    event.preventDefault();
    add();
  }

  return (
    <Box
      role="group"
      aria-label="Add operations"
      sx={{ display: "flex", flexWrap: "wrap", gap: 1.5, alignItems: "start" }}
    >
      <TextField
        label="Path"
        size="small"
        value={path}
        onChange={(event) => {
          setPath(event.target.value);
          setProblem(undefined);
        }}
        onKeyDown={onKeyDown}
        inputRef={field}
        error={problem?.field === "path"}
        helperText={problem?.field === "path" ? problem.message : "For example /orders/{id}, or /* for everything."}
        sx={{ flex: "1 1 260px" }}
        slotProps={{ htmlInput: { className: "mono", spellCheck: false, autoCapitalize: "off" } }}
      />
      <div>
        <ToggleButtonGroup
          size="small"
          value={methods}
          onChange={(_, next: OperationMethod[]) => {
            setMethods(next);
            setProblem(undefined);
          }}
          aria-label="Methods"
          aria-describedby={methodsHelpId}
          sx={{ flexWrap: "wrap" }}
        >
          {operationMethods.map((method) => (
            <ToggleButton key={method} value={method}>
              {method}
            </ToggleButton>
          ))}
        </ToggleButtonGroup>
        <FormHelperText id={methodsHelpId} error={problem?.field === "methods"}>
          {problem?.field === "methods" ? problem.message : "One operation for each."}
        </FormHelperText>
      </div>
      <Button variant="outlined" onClick={add} sx={{ height: 40 }}>
        Add
      </Button>
    </Box>
  );
}

type AddProblem = { field: "path" | "methods"; message: string };

function problemOf(
  path: string,
  methods: readonly OperationMethod[],
  present: readonly Operation[],
): AddProblem | undefined {
  const [issue] = operationPathSchema.safeParse(path).error?.issues ?? [];
  if (issue) return { field: "path", message: issue.message };
  if (methods.length === 0) return { field: "methods", message: "Choose a method at least." };
  if (present.length + methods.length > mostOperations) {
    return { field: "path", message: `An API has at most ${mostOperations.toLocaleString("en-US")} operations.` };
  }
  const known = new Map(present.map((operation) => [operationKey(operation), operation]));
  for (const method of methods) {
    const other = known.get(operationKey({ method, path }));
    if (other) return { field: "path", message: `${method} ${other.path} is there already, and matches the same.` };
  }
  return undefined;
}
