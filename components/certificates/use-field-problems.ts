import { useState } from "react";

type Told = { message: string; items: readonly { path: string; message: string }[] };

export type FieldProblems = {
  /** What is wrong with each field. */
  problems: Readonly<Record<string, string | undefined>>;
  /** What is wrong with no field in particular. */
  form: string | undefined;
  show: (problem: Told) => void;
  /** A field was changed: what was wrong with it may be so no longer. */
  forget: (field: string) => void;
};

/** Sorts what is wrong to the fields that a form has. */
export function useFieldProblems(fields: readonly string[]): FieldProblems {
  const [told, setTold] = useState<{ problems: Record<string, string>; form: string | undefined }>({
    problems: {},
    form: undefined,
  });
  return {
    ...told,
    show: ({ message, items }) => {
      const known = items.filter(({ path }) => fields.includes(path));
      setTold({
        problems: Object.fromEntries(known.map((item) => [item.path, item.message])),
        form: known.length === 0 ? message : undefined,
      });
    },
    forget: (field) => setTold(({ problems: { [field]: _, ...problems } }) => ({ problems, form: undefined })),
  };
}
