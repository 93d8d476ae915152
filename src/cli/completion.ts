import { visible } from "../core/text.ts";
import type { Completion } from "./values.ts";

/** The shells that completion is made for. */
export const shells = ["bash", "zsh", "fish", "powershell"] as const;
export type ShellName = (typeof shells)[number];

/** Ends a list of candidates when file names belong there too. */
export const filesMark = ":files";

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
  // bash breaks words at = and : as well and knows nothing of what a quote holds: so it hands over its line as it is.
  // bash 3.2 is what macOS has.
  bash: `_sipnav() {
  local IFS=$'\\n' found cut add path
  found=$(sipnav __complete --bash "\${COMP_LINE:0:COMP_POINT}" "$COMP_WORDBREAKS" 2>/dev/null)
  if [[ $found == ${filesMark}* ]]; then
    { read -r cut; read -r cut; read -r add; read -r path; } <<< "$found"
    COMPREPLY=($(compgen -f -- "$path"))
    COMPREPLY=("\${COMPREPLY[@]#"$cut"}")
    [[ -n $add ]] && COMPREPLY=("\${COMPREPLY[@]/#/$add}")
    compopt -o filenames 2>/dev/null
    return
  fi
  COMPREPLY=($found)
  [[ \${#COMPREPLY[@]} == 1 && \${COMPREPLY[0]} == *= ]] && compopt -o nospace 2>/dev/null
}
complete -F _sipnav sipnav
`,
  zsh: `#compdef sipnav
_sipnav() {
  local -a lines open closed
  local line described
  lines=("\${(@f)$(sipnav __complete -- "\${(@Q)words[2,CURRENT-1]}" "\${(Q)PREFIX}" 2>/dev/null)}")
  if [[ \${lines[-1]} == ${filesMark} ]]; then
    [[ $PREFIX == -*=* ]] && compset -P '*='
    _files
    return
  fi
  for line in "\${(@)lines}"; do
    [[ -n $line ]] || continue
    described="\${\${line%%$'\\t'*}//:/\\\\:}"
    [[ $line == *$'\\t' ]] || described+=":\${line#*$'\\t'}"
    if [[ \${line%%$'\\t'*} == *= ]]; then
      open+=("$described")
    else
      closed+=("$described")
    fi
  done
  _describe 'sipnav' closed -- open -S ''
}
compdef _sipnav sipnav
`,
  fish: `function __sipnav_complete
    set -l words (commandline -opc)
    set -l word (commandline -ct)
    # A quote that is still open is closed to read what it holds.
    for quote in '' "'" '"'
        set -l plain (string unescape -- "$word$quote" 2>/dev/null)
        and set word $plain
        and break
    end
    for line in (sipnav __complete -- $words[2..-1] "$word" 2>/dev/null)
        if test "$line" = "${filesMark}"
            set -l flag (string match -r -- '^-[^=]*=' "$word")
            for path in (__fish_complete_path (string replace -r -- '^-[^=]*=' '' "$word"))
                echo "$flag$path"
            end
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
