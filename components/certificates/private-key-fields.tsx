import TextField from "@mui/material/TextField";
import { PemField } from "./pem-field.tsx";
import type { FieldProblems } from "./use-field-problems.ts";

type PrivateKeyFieldsProps = {
  values: { privateKey: string; passphrase: string };
  problems: FieldProblems["problems"];
  change: (field: "privateKey" | "passphrase") => (text: string) => void;
  show: FieldProblems["show"];
  isOptional?: boolean;
  hint?: string;
};

/** A private key, and what opens it where it is encrypted. */
export function PrivateKeyFields({ values, problems, change, show, isOptional, hint }: PrivateKeyFieldsProps) {
  const isEncrypted = values.privateKey.includes("ENCRYPTED");
  return (
    <>
      <PemField
        label="Private key"
        {...(isOptional && { isOptional })}
        placeholder="-----BEGIN PRIVATE KEY-----"
        value={values.privateKey}
        error={problems.privateKey}
        hint={hint ?? "Stored encrypted; nobody can read it here afterwards."}
        onChange={change("privateKey")}
        onRefused={(message) => show({ message, items: [{ path: "privateKey", message }] })}
      />
      {(isEncrypted || problems.passphrase !== undefined) && (
        <TextField
          label="Passphrase"
          type="password"
          required
          fullWidth
          autoComplete="off"
          value={values.passphrase}
          onChange={(event) => change("passphrase")(event.target.value)}
          error={problems.passphrase !== undefined}
          helperText={problems.passphrase ?? "Opens the private key now, and is not kept."}
        />
      )}
    </>
  );
}
