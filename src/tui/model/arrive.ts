import type { Command } from "../../commands/define.ts";
import { dropAnswers } from "./answers.ts";
import { moveField } from "./form.ts";
import { formScreen, menuScreen, type Platform, pushScreen, type State, say } from "./state.ts";
import { commandOf, entriesOf } from "./tree.ts";

/** The profile that commands use, and what its platform is. */
export interface Whereabouts {
  /** Empty when the settings cannot be read. */
  readonly profile: string;
  readonly platform: Platform | undefined;
  /** Whether nobody has set anything up here yet. */
  readonly isNew: boolean;
}

/** The state on a profile; what was shown of another one is dropped, and writes are off. */
export function arrive(state: State, { profile, platform }: Whereabouts): State {
  if (state.profile === undefined || !isElsewhere(state, { profile, platform })) {
    return { ...state, profile, platform };
  }
  const [first] = state.screens;
  const left = { ...dropAnswers(state), screens: [first], lastScreens: undefined } as const;
  const there = { ...left, profile, platform, inverse: undefined };
  return state.notice === "" ? say(there, `On profile ${profile} from here on.`) : there;
}

/** Whether a profile is another one than the state's, or its platform another one. */
export const isElsewhere = (
  state: Pick<State, "profile" | "platform">,
  { profile, platform }: Pick<Whereabouts, "profile" | "platform">,
): boolean => state.profile !== profile || state.platform?.baseUrl !== platform?.baseUrl;

/** What a login form begins with, of what is known of the profile; nothing for other commands. */
export function loginValues(
  { path, parameters }: Command,
  { profile = "", platform, user }: Pick<State, "profile" | "platform" | "user">,
): Record<string, string> {
  if (path.join(" ") !== "login" || !parameters.password) return {};
  return {
    profile,
    username: user,
    baseUrl: platform === undefined || platform.kind === "sandbox" ? "" : platform.baseUrl,
  };
}

/** The state with the form to log in by, at the first thing that is needed. */
export function showLogin(state: State, login: Command): State {
  const screen = formScreen(login, "login", {}, loginValues(login, state));
  const { form } = screen;
  const needed = form.fields.findIndex(
    ({ name, text }) => ["username", "password"].includes(name) && text === "",
  );
  return pushScreen(state, { ...screen, form: moveField(form, needed) });
}

/** The commands that lead to a session: try it, or log in to a platform. */
export const waysIn = (registry: readonly Command[]): Command[] =>
  ["demo", "login"].flatMap((word) => commandOf(registry, word) ?? []);

/** The state with those ways, for somebody who has nothing yet. */
export const showWelcome = (state: State, registry: readonly Command[]): State =>
  pushScreen(state, menuScreen("Welcome", entriesOf(waysIn(registry), 0), 0));
