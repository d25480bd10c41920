"use client";

import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { json } from "@codemirror/lang-json";
import { yaml } from "@codemirror/lang-yaml";
import {
  bracketMatching,
  foldGutter,
  foldKeymap,
  HighlightStyle,
  indentOnInput,
  syntaxHighlighting,
} from "@codemirror/language";
import { type Diagnostic, lintGutter, lintKeymap, setDiagnostics } from "@codemirror/lint";
import { highlightSelectionMatches, search, searchKeymap } from "@codemirror/search";
import { Compartment, EditorState, type Text } from "@codemirror/state";
import { drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import Box from "@mui/material/Box";
import { useEffect, useRef } from "react";
import type { DefinitionSyntax } from "@/lib/model/definition.ts";
import type { DefinitionProblem } from "@/lib/model/definition-report.ts";

export type DefinitionEditorProps = {
  value: string;
  syntax: DefinitionSyntax;
  readOnly: boolean;
  problems: readonly DefinitionProblem[];
  /** Where the cursor goes; another object each time. */
  target: DefinitionProblem | undefined;
  onChange: (value: string) => void;
};

/** An editor for an OpenAPI document: line numbers, folding, search (Ctrl+F), and a mark at each problem. Escape, then Tab leaves it. */
export default function DefinitionEditor(props: DefinitionEditorProps) {
  const { value, syntax, readOnly, problems, target } = props;
  const holder = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(null);
  const changed = useRef(props.onChange);
  changed.current = props.onChange;
  const first = useRef({ value, syntax, readOnly });

  useEffect(() => {
    if (!holder.current) return;
    const editor = new EditorView({
      parent: holder.current,
      state: stateOf(first.current, (text) => changed.current(text)),
    });
    view.current = editor;
    return () => editor.destroy();
  }, []);

  // What was typed here comes back as the value; everything else replaces the text.
  useEffect(() => {
    const state = view.current?.state;
    if (!state || state.doc.toString() === value) return;
    view.current?.dispatch({ changes: { from: 0, to: state.doc.length, insert: value } });
  }, [value]);

  useEffect(() => {
    view.current?.dispatch({ effects: languageSlot.reconfigure(languageOf(syntax)) });
  }, [syntax]);

  useEffect(() => {
    view.current?.dispatch({ effects: readOnlySlot.reconfigure(EditorState.readOnly.of(readOnly)) });
  }, [readOnly]);

  useEffect(() => {
    const editor = view.current;
    if (editor) editor.dispatch(setDiagnostics(editor.state, diagnosticsOf(editor.state.doc, problems)));
  }, [problems]);

  useEffect(() => {
    const editor = view.current;
    if (!editor || !target) return;
    const anchor = offsetOf(editor.state.doc, target);
    editor.dispatch({ selection: { anchor }, effects: EditorView.scrollIntoView(anchor, { y: "center" }) });
    editor.focus();
  }, [target]);

  return (
    <Box
      ref={holder}
      sx={{
        ...{ border: 1, borderColor: "divider", borderRadius: 1, overflow: "hidden", bgcolor: "background.paper" },
        "&:focus-within": { borderColor: "primary.main" },
        "& .cm-editor": { height: { xs: "55vh", md: "62vh" } },
      }}
    />
  );
}

const languageSlot = new Compartment();
const readOnlySlot = new Compartment();
const languageOf = (syntax: DefinitionSyntax) => (syntax === "json" ? json() : yaml());

function stateOf(
  { value, syntax, readOnly }: Pick<DefinitionEditorProps, "value" | "syntax" | "readOnly">,
  onChange: (text: string) => void,
): EditorState {
  return EditorState.create({
    doc: value,
    extensions: [
      ...[lineNumbers(), foldGutter(), lintGutter(), history(), drawSelection(), indentOnInput(), bracketMatching()],
      ...[
        highlightActiveLine(),
        highlightSelectionMatches(),
        search({ top: true }),
        syntaxHighlighting(highlighting),
        look,
      ],
      // Tab is left to move the focus: nobody is caught in the editor.
      keymap.of([...defaultKeymap, ...historyKeymap, ...foldKeymap, ...searchKeymap, ...lintKeymap]),
      languageSlot.of(languageOf(syntax)),
      readOnlySlot.of(EditorState.readOnly.of(readOnly)),
      EditorView.contentAttributes.of({ "aria-label": "OpenAPI document", spellcheck: "false", tabindex: "0" }),
      EditorView.cspNonce.of(document.querySelector<HTMLScriptElement>("script[nonce]")?.nonce ?? ""),
      EditorView.updateListener.of((update) => {
        if (update.docChanged) onChange(update.state.doc.toString());
      }),
    ],
  });
}

/** Lines and columns count from 1, and the text may have changed since they were found. */
function offsetOf(text: Text, { line, column }: DefinitionProblem): number {
  const { from, to } = text.line(Math.min(Math.max(1, line), text.lines));
  return Math.min(to, from + column - 1);
}

function diagnosticsOf(text: Text, problems: readonly DefinitionProblem[]): Diagnostic[] {
  return problems
    .map((problem) => {
      const from = offsetOf(text, problem);
      return { from, to: text.lineAt(from).to, severity: "error" as const, message: problem.message };
    })
    .sort((one, other) => one.from - other.from);
}

const colour = (name: string) => `var(--mui-palette-${name})`;

const highlighting = HighlightStyle.define([
  { tag: [tags.propertyName, tags.definition(tags.propertyName)], color: colour("primary-main") },
  { tag: [tags.string, tags.special(tags.string), tags.content], color: colour("text-primary") },
  { tag: [tags.number, tags.bool, tags.null, tags.keyword], color: colour("info-main") },
  { tag: [tags.comment, tags.lineComment], color: colour("text-secondary"), fontStyle: "italic" },
  { tag: [tags.punctuation, tags.separator, tags.bracket], color: colour("text-secondary") },
]);

const look = EditorView.theme({
  "&": { fontSize: "13px", color: colour("text-primary"), backgroundColor: colour("background-paper") },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": { fontFamily: '"Roboto Mono", ui-monospace, monospace', lineHeight: "1.55" },
  ".cm-content": { caretColor: colour("text-primary") },
  ".cm-cursor": { borderLeftColor: colour("text-primary") },
  ".cm-gutters": {
    backgroundColor: colour("background-default"),
    color: colour("text-secondary"),
    borderRight: `1px solid ${colour("divider")}`,
  },
  ".cm-activeLine": { backgroundColor: colour("action-hover") },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": {
    backgroundColor: colour("action-focus"),
  },
  ".cm-panels": { backgroundColor: colour("background-default"), color: colour("text-primary") },
  ".cm-textfield": {
    backgroundColor: colour("background-paper"),
    color: colour("text-primary"),
    borderColor: colour("divider"),
  },
  ".cm-button": {
    backgroundImage: "none",
    backgroundColor: colour("background-paper"),
    color: colour("text-primary"),
    borderColor: colour("divider"),
  },
  ".cm-tooltip": {
    backgroundColor: colour("background-paper"),
    color: colour("text-primary"),
    border: `1px solid ${colour("divider")}`,
  },
  ".cm-foldPlaceholder": {
    backgroundColor: "transparent",
    borderColor: colour("divider"),
    color: colour("text-secondary"),
  },
});
