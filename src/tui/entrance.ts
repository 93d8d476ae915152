import type { SipnavError } from "../core/errors.ts";
import type { Questions } from "./asking.ts";
import { dropAnswers } from "./model/answers.ts";
import { arrive, showLogin, showWelcome } from "./model/arrive.ts";
import { currentScreen, warn } from "./model/state.ts";
import { commandOf } from "./model/tree.ts";
import { type Audience, findWhereabouts, nobodyAsked, runCommand } from "./runner.ts";
import { type Door, enterSession, logInAgain, type Run } from "./session.ts";
import type { Stand } from "./stand.ts";

/** The way into a session on the screen: a form at the beginning, a password where one ended. */
export interface Entrance {
  /** Finds out which profile is in use, and offers to log in where there is no session. */
  begin(): Promise<void>;
  /** Asks for the password again where what is loaded behind the screen says that the session ended. */
  look(): void;
  /** Asks for the password until a session is open; answers whether one is. */
  logInAgain(error: SipnavError): Promise<boolean>;
}

/** An entrance that shows its form and its questions through the store. */
export function createEntrance(
  { host, store, seat, registry, embed }: Stand,
  questions: Questions,
): Entrance {
  /** Who was asked already, for what is loaded behind the screen. */
  let askedSeating: number | undefined;
  const login = commandOf(registry, "login");
  const silence = { notice: () => undefined, show: () => undefined };
  const runWith =
    (audience: Audience): Run =>
    (command, raw) =>
      runCommand(host, command, raw, audience, seat.options(), host.signal, embed());
  const quietly = runWith({ ...nobodyAsked, ...silence });

  const door: Door = {
    registry,
    quietly,
    asking: runWith({ ask: questions.ask, ...silence }),
    isMadeUp: async () => store.get().platform?.kind === "sandbox",
    password: (text, lines) => questions.question({ kind: "secret", text, lines }),
    tell: (text) => store.update((state) => warn(state, text)),
  };
  const enterAgain = (error: SipnavError) => logInAgain(door, error);

  return {
    logInAgain: enterAgain,
    async begin() {
      const found = await findWhereabouts(host, seat.options());
      const session = await enterSession(registry, quietly, async () => found.platform?.kind === "sandbox");
      store.update((before) => {
        const state = { ...arrive(before, found), user: session?.username ?? "" };
        if (!login || !session?.isNeeded || !session.canLogIn) return state;
        askedSeating = state.seating;
        return found.isNew ? showWelcome(state, registry) : showLogin(state, login);
      });
    },
    look() {
      const state = store.get();
      const { running, question, seating, answers } = state;
      if (running || question || askedSeating === seating || currentScreen(state).kind === "form") return;
      const ended = [...answers.values()].find((answer) => answer.error?.kind === "unauthenticated")?.error;
      if (ended === undefined) return;
      askedSeating = seating;
      void enterAgain(ended).then((isOpen) => {
        if (isOpen) store.update(dropAnswers);
      });
    },
  };
}
