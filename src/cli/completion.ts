import { visible } from "../core/text.ts";
import type { Completion } from "./values.ts";

/** The shells that completion is made for. */
export const shells = ["bash", "zsh", "fish", "powershell"] as const;
export type ShellName = (typeof shells)[number];

/** Ends a list of candidates when file names belong there too. */
const filesMark = ":files";

/**
 * What `sipnav __complete` prints: a candidate and its summary a line, and the mark where files belong. Names may be a
 * stranger's: nothing in them acts on a terminal.
 */
export function completionText({ candidates, source }: Completion): string {
  const lines = candidates.map(({ value, summary }) => `${visible(value)}\t${visible(summary)}\n`);
  return lines.join("") + (source === "files" ? `${filesMark}\n` : "");
}

/**
 * A script that makes a shell complete `sipnav`: it hands the words up to the cursor to `sipnav __complete -- …`,
 * which prints a candidate a line, its summary after a tab.
 */
export const completionScripts: Readonly<Record<ShellName, string>> = {
  // bash splits words at = and : as well and puts back only the last piece: so the line is split again here, and
  // what stands before that piece is taken off the candidates. bash 3.2 is what macOS has.
  bash: `_sipnav() {
  local line=\${COMP_LINE:0:COMP_POINT} IFS=$' \\t\\n' words found word head
  read -ra words <<< "$line"
  [[ $line == *[[:space:]] ]] && words+=("")
  word=\${words[\${#words[@]}-1]}
  found=$(sipnav __complete -- "\${words[@]:1}" 2>/dev/null)
  IFS=$'\\n'
  if [[ $found == *${filesMark} ]]; then
    COMPREPLY=($(compgen -f -- "\${word##*=}"))
    compopt -o filenames 2>/dev/null
    return
  fi
  head=\${word%"\${word##*[=:]}"}
  COMPREPLY=($(printf '%s' "$found" | cut -f1))
  COMPREPLY=("\${COMPREPLY[@]#"$head"}")
  [[ \${#COMPREPLY[@]} == 1 && \${COMPREPLY[0]} == *= ]] && compopt -o nospace 2>/dev/null
}
complete -F _sipnav sipnav
`,
  zsh: `#compdef sipnav
_sipnav() {
  local -a lines described
  local line
  lines=("\${(@f)$(sipnav __complete -- "\${(@)words[2,CURRENT]}" 2>/dev/null)}")
  if [[ \${lines[-1]} == ${filesMark} ]]; then
    _files
    return
  fi
  for line in "\${(@)lines}"; do
    [[ -n $line ]] && described+=("\${\${line%%$'\\t'*}//:/\\\\:}:\${line#*$'\\t'}")
  done
  _describe 'sipnav' described
}
compdef _sipnav sipnav
`,
  fish: `function __sipnav_complete
    set -l words (commandline -opc) (commandline -ct)
    for line in (sipnav __complete -- $words[2..-1] 2>/dev/null)
        if test "$line" = "${filesMark}"
            __fish_complete_path (commandline -ct)
        else
            echo $line
        end
    end
end
complete -c sipnav -f -a '(__sipnav_complete)'
`,
  powershell: `Register-ArgumentCompleter -Native -CommandName sipnav -ScriptBlock {
  param($typed, $line, $cursor)
  $words = @($line.CommandElements | Select-Object -Skip 1 | ForEach-Object { $_.ToString() })
  if ($typed -eq '') { $words += '' }
  sipnav __complete -- @words 2>$null | Where-Object { $_ -ne '${filesMark}' } | ForEach-Object {
    $value, $summary = $_ -split "\`t", 2
    if (-not $summary) { $summary = $value }
    [System.Management.Automation.CompletionResult]::new($value, $value, 'ParameterValue', $summary)
  }
}
`,
};
