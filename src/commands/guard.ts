import { SipnavError } from "../core/errors.ts";
import type { Context } from "./context.ts";
import type { Effect } from "./define.ts";

/** What is about to be done. */
interface Deed {
  /** As a question's words: "Disable restriction 7". */
  readonly words: string;
  /** The id of what it is done to. */
  readonly subject?: string | undefined;
  /** Looks up what that is. */
  about?(): Promise<readonly string[]>;
}

/**
 * Lets a command through to the platform, or not: a read-only profile refuses every write, a protected one wants
 * its name typed, and what can't be undone is asked about.
 * @throws readonly, usage (nobody can be asked), interrupted (the answer was no)
 */
export async function guard(context: Context, effect: Effect, deed: Deed): Promise<void> {
  if (effect === "read") return;
  const { words, subject, about } = deed;
  const { name, readOnly, protected: isProtected, sandbox } = await context.profile();
  const { ask, options } = context.face;
  if (readOnly) {
    throw new SipnavError("readonly", `Profile ${name} is read-only: nothing was sent.`, {
      hint: `Use another profile, or allow it: sipnav config set readOnly no --profile ${name}`,
    });
  }
  const wasNamed = (await context.face.letWrite?.({ name, sandbox }, words)) ?? false;
  if (isProtected && !wasNamed) {
    const typed =
      options.confirm ??
      (await ask.text(`${words}? To confirm, type the profile's name, ${name}`, `--confirm ${name}`));
    if (typed !== name) {
      throw new SipnavError(
        "usage",
        `Profile ${name} is protected, and its name was not typed: nothing was sent.`,
        {
          hint: `Give --confirm ${name}.`,
        },
      );
    }
  } else if (effect === "destroy" && !options.yes) {
    await ask.confirm(`${words}?`, "--yes", subject, about);
  }
}
