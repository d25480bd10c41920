import type { Command } from "commander";
import { Failure } from "./failure.ts";

/** What a shell is given to complete commands and options; it comes from the commands themselves. */
export function completionScript(program: Command, shell: string): string {
  const words = new Map<string, string>();
  collect(program, "", words);
  const cases = [...words].map(([path, list]) => `    "${path}") known="${list}" ;;`).join("\n");
  const body = `  case "$path" in\n${cases}\n    *) known="" ;;\n  esac`;
  switch (shell) {
    case "bash":
      return `_fairlead() {
  local known="" path="" word
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do [[ $word == -* ]] || path="\${path:+$path }$word"; done
${body}
  COMPREPLY=($(compgen -W "$known" -- "\${COMP_WORDS[COMP_CWORD]}"))
  [[ \${#COMPREPLY[@]} -gt 0 ]] || COMPREPLY=($(compgen -f -- "\${COMP_WORDS[COMP_CWORD]}"))
}
complete -F _fairlead fairlead`;
    case "zsh":
      return `#compdef fairlead
_fairlead() {
  local known="" path="" word
  for word in "\${(@)words[2,CURRENT-1]}"; do [[ $word == -* ]] || path="\${path:+$path }$word"; done
${body}
  compadd -- \${=known} || _files
}
compdef _fairlead fairlead`;
    default:
      throw new Failure(`Completion is there for bash and zsh, not for ${shell}.`);
  }
}

function collect(command: Command, path: string, words: Map<string, string>): void {
  const options = command.options.flatMap(({ long }) => long ?? []);
  words.set(path, [...command.commands.map((one) => one.name()), ...options, "--help"].join(" "));
  for (const one of command.commands) collect(one, path === "" ? one.name() : `${path} ${one.name()}`, words);
}
