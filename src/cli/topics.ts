import type { Command, Parameters } from "../commands/define.ts";
import { type ErrorKind, exitCodes } from "../core/errors.ts";
import { limits } from "../core/limits.ts";
import { describe, termOf } from "./help.ts";
import { globalOptions } from "./options.ts";
import { outputOptions } from "./output.ts";
import { referenceText } from "./reference.ts";

type ExitCode = (typeof exitCodes)[ErrorKind];

/** What each exit code says to a script; a code without a sentence does not compile. */
const exitMeanings: Readonly<Record<ExitCode, string>> = {
  1: "a defect of this program",
  2: "the command line or a value is wrong; nothing was sent",
  3: "settings, profile or keychain",
  4: "not logged in, or the session ended",
  5: "forbidden, or a read-only profile",
  6: "there is no such thing",
  7: "conflict: changed meanwhile, or locked",
  8: "still pending, or the wait was over",
  9: "partly done, cut short, or not all of --all; also a full disk behind the result",
  10: "the rate limit outlasted the retries",
  11: "network: name, connection, TLS or time",
  12: "the platform failed after the retries",
  13: "the platform rejected the request",
  14: "a check that was asked for came out true",
  130: "interrupted, or a question was answered no",
  143: "terminated",
};

/** A topic of `sipnav help`. */
interface Topic {
  readonly summary: string;
  text(commands: readonly Command[]): string;
}

/** What `sipnav help <topic>` tells about. */
export const topics: Readonly<Record<string, Topic>> = {
  options: { summary: "Options of every command", text: optionsText },
  output: { summary: "Formats, fields, conditions and order", text: () => outputText },
  "exit-codes": { summary: "What each exit code means", text: exitCodesText },
  environment: { summary: "Variables that are read", text: () => environmentText },
  profiles: { summary: "Platforms, users and guard rails by name", text: () => profilesText },
  import: { summary: "From a sheet to the platform, every row once", text: () => importText },
  menu: { summary: "Lists on the full screen, and keys of your own", text: () => menuText },
  shell: { summary: "Line by line, and scripts of commands", text: () => shellText },
  sandbox: { summary: "The embedded platform to try things on", text: () => sandboxText },
  troubleshooting: { summary: "What to look at when something fails", text: () => troubleshootingText },
  completion: { summary: "Tab in your shell", text: () => completionText },
  reference: { summary: "Every command, as Markdown", text: referenceText },
};

function exitCodesText(): string {
  const codes = [...new Set(Object.values(exitCodes))].sort((a, b) => a - b);
  const lines = codes.map((code) => {
    const kinds = Object.entries(exitCodes).flatMap(([kind, own]) => (own === code ? [kind] : []));
    return `${String(code).padStart(3)}  ${exitMeanings[code]} [${kinds.join(", ")}]`;
  });
  return `Exit codes, and in brackets the kinds of error that JSON names\n\n  0  done; also when there was nothing to find\n${lines.join("\n")}\n`;
}

function optionsText(): string {
  const all = Object.entries({ ...globalOptions, ...outputOptions });
  const width = Math.max(...all.map(([name, option]) => termOf(name, option).length));
  const list = (options: Parameters) => {
    const lines = Object.entries(options).map(
      ([name, option]) => `  ${termOf(name, option).padEnd(width)}  ${describe(option)}\n`,
    );
    return lines.join("");
  };
  return `Options of every command\n\n${list(globalOptions)}\nHow a result is printed\n\n${list(outputOptions)}`;
}

const outputText = `Standard output carries the result and nothing else; everything said to a person goes to standard error.

On a terminal a result is a table that fits it. In a pipe it is TSV: no header, no colour, nothing cut.
-o picks another form; --json is JSON with every field. --out FILE writes a file, in the form that its name ends
in: x.csv, x.json, x.xlsx. To write every row there is, however many, use export.

  --fields a,b                 these columns, in this order; --fields help lists them
  --where 'field op value'     eq ne lt lte gt gte contains starts ends in; several must all hold
  --sort field:desc,other      order
  --limit 50, --all            how many rows; a limit that cut something off says so

A field that only your platform has is written with a plus sign, as --fields account_id,+vendor_ref.

In JSON amounts, phone numbers and ids are text, times are ISO 8601 with offset. An empty result is [], a bare
CSV header, or nothing, and the exit code is 0.

  sipnav accounts list --where 'enabled eq no' -o ids | xargs -n1 sipnav accounts show
`;

const environmentText = `Variables that are read; a flag goes before its variable, an empty one counts as none

Who and where
  SIPNAV_PROFILE               the profile to use
  SIPNAV_TOKEN                 a token, in place of a login; also SIPNAV_API_KEY, SIPNAV_API_TOKEN
  SIPNAV_USERNAME, SIPNAV_PASSWORD   both: log in with these for one command
  SIPNAV_BASE_URL              the platform's address
  SIPNAV_PLATFORM_ID           the platform of a user who has several
  SIPNAV_ZONE                  the zone of the platform's zone-less times
An explicit --profile goes before the token, or the username and password, in the environment.

How
  SIPNAV_OUTPUT                the form of results
  SIPNAV_ACCESSIBLE=1          plain lines, for a screen reader
  NO_COLOR                     no colour
  TERM=dumb                    no colour, no moving cursor
  LC_ALL, LC_CTYPE, LANG       looked at by doctor: whether the terminal shows more than ASCII
  CI                           never ask

Files
  SIPNAV_HOME                  one folder for settings, state and cache
  XDG_CONFIG_HOME, XDG_STATE_HOME, XDG_CACHE_HOME   each of them by itself
  HOME, USERPROFILE            where they are otherwise
  SIPNAV_STORE                 where sessions are kept: keychain, file, memory
  SIPNAV_PASSPHRASE            encrypts the file store, and opens it

Network
  HTTPS_PROXY, HTTP_PROXY, ALL_PROXY, NO_PROXY   the way to the platform; also in lower case
  SIPNAV_CA_FILE               PEM certificates to trust besides the built-in ones
  SSL_CERT_FILE                the same, where neither that nor the profile names a file
  NODE_EXTRA_CA_CERTS          Node's own, trusted as well
`;

const completionText = `Tab completes commands, flags, choices, fields, files, profiles, settings, and the ids and names that results showed
lately; the platform is not asked.

  bash         echo 'source <(sipnav completion bash)' >> ~/.bashrc
  zsh          echo 'source <(sipnav completion zsh)' >> ~/.zshrc        after compinit
  fish         sipnav completion fish > ~/.config/fish/completions/sipnav.fish
  powershell   sipnav completion powershell | Out-String | Invoke-Expression

What was seen is kept in the state folder (sipnav config path), for you alone, and goes with its profile.
`;

const profilesText = `A profile is a platform, a user and guard rails under a name.

  sipnav profiles add prod --base-url https://api.example.com
  sipnav login --profile prod
  sipnav accounts list --profile prod

Which one is used: --profile, SIPNAV_PROFILE, the project's .sipnav.json, then the one chosen by
sipnav profiles use or by the last login. Where there are several, each command that asks the platform says on
standard error which one it is. A readOnly profile refuses every write before anything is sent; a protected one
wants its name typed, or --confirm NAME. default and sandbox are built in.
`;

const importText = `From a sheet to the platform, every row once

  sipnav accounts import --template new.xlsx       an empty sheet to fill in
  sipnav accounts import new.xlsx --inspect        its columns, their fields, and what is wrong with it
  sipnav accounts import new.xlsx --dry-run        what would be created and changed; nothing is sent
  sipnav accounts import new.xlsx --canary 5       five rows, read back, before the others
  sipnav accounts import new.xlsx --plan-out p.json, then sipnav jobs apply p.json

Rows are matched by their id, else by what tells them apart: an account by its name, whatever spaces are in it,
and company. An empty cell changes nothing. Times without an offset are of the profile's zone. An amount that may
be thousands or decimals, as 25.000 in a German sheet, is refused. Nothing is sent while anything is wrong;
--skip-wrong leaves wrong rows out, as rejects.

A row is planned, then sent, then ok, failed or unknown. That it is sent is on the disk before the request leaves.
Unknown is a row whose answer was lost: it may have been done. It is looked for on the platform ${limits.lookupMs / 1_000} seconds later, and
sent again only when it is absent ${limits.absentMs / 1_000} seconds later too: by then no request is under way on a platform that ends
one after 30 seconds. Where two objects fit it, or somebody else made one of its name, it stays unknown (exit 9).

  sipnav jobs resume ID            go on after a crash, Ctrl-C or an ended session, on any day
  sipnav jobs rejects ID FILE      the rows that were not done, and why; mended, the file can be imported
  sipnav jobs undo ID              old values again; what was created is disabled

Ctrl-C once: nothing more is sent, what is on its way is finished. Twice: at once; a resume looks up the rest.
`;

const menuText = `The menu: sipnav on a terminal; ? tells the keys of each screen, and Enter on one presses it

On a list
  /           only rows with a text, field:value, !text; f searches the platform, F saves the filter
  s  c        order; columns: which, and in which order
  r  p        load again; keep it fresh by itself, with arrows at changed numbers
  d  o        the record beside the list; what belongs to it: carriers, restrictions, calls, company
  space V *   mark a row, from the last mark to here, all that pass the filter; a does one thing to all marked rows
  e  y  Y     export; copy a value; copy what is shown as a sipnav command
  m  t        numbers and names in part; times as they came, in UTC, in local time
  +           pin the record, for : and pickers

On the way of an import, and on reports of jobs
  n           on: problems, plan, its being applied, what was not done; Enter gives a column to another field

Columns, orders, filters, pins and recent records are remembered for each profile in the state folder: no rows, no
phone numbers, no secrets.

Keys of your own stand in keys.json beside config.json (sipnav config path), one object of keys and actions:

  { "x": "export", "ctrl+r": "refresh", "q": "none" }

A key is a character, a name as f5 or pageup, or one of them after ctrl+, alt+ or shift+. Enter, Esc and Ctrl-C stay as
they are. What is wrong is said at the start, with its line, and the usual keys hold. An unknown action is answered with
the known ones.
`;

const shellText = `The shell: sipnav shell runs commands line by line, without the program's name in front

  use company 2001     fills in a company, account, carrier, restriction or job where none is given, or a profile
  use company none     no longer; use none: nothing is filled in
  source FILE          run the lines of a file
  !!                   run the last line once more
  exit, quit, Ctrl-D   leave

The prompt tells the profile, what is in use, and the exit code of a line that failed. Of a create or an update only the
object that it is about is filled in. Where the profile changes, ids are no longer in use.

Tab completes. Arrow keys bring back earlier lines; lines that may hold a secret are not kept.
Ctrl-C drops the line, or ends the command that runs. 'a b', "a b" and a\\ b are one word, # begins a comment. Nothing
else is special: no $NAME, *, ~, pipe or ;. To keep a result in a file, write --out FILE.

A script is a file, or what comes on standard input. It stops at the first line that fails and ends with its exit code;
--keep-going goes on with the next line and ends with the code of the first failure. Options of the shell hold for its
lines.

  sipnav shell nightly.txt --profile prod --keep-going
  printf 'use account 10001\\naccounts show\\n' | sipnav shell
`;

const sandboxText = `The embedded platform behaves like the real one, on this computer, with made-up data.

  sipnav sandbox start --port 8080     serve it until stopped; it prints the address, a user and a token
  sipnav login --sandbox               a profile named sandbox that needs no server of its own
  sipnav accounts list --profile sandbox
`;

const troubleshootingText = `When something fails

  exit 3    what the message names; sipnav config path tells where files are, SIPNAV_HOME puts them elsewhere
  exit 4    sipnav login --profile NAME, in cron SIPNAV_TOKEN; sipnav auth status tells when the session ends
  exit 5    the user lacks the right, or the profile is readOnly: sipnav config explain
  exit 10   wait as long as it says, or allow a longer wait with --max-wait
  exit 11   name, network, proxy or certificate: sipnav doctor
  exit 12   the platform failed; the request id helps those who run it
  exit 1    a defect: run it again with --debug

What is read from where: sipnav config explain. Errors for programs: --error-format json.
`;
