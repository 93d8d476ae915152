import type { Command } from "../commands/define.ts";
import { registry as everyCommand } from "../commands/registry.ts";
import type { Host } from "../host/host.ts";
import { deriveHost } from "./derive.ts";
import type { Faces } from "./faces.ts";
import { printFailure } from "./failures.ts";

/**
 * Runs one command line and answers the exit code; everything it says has left the process by then. What a line does
 * not need is not even loaded.
 */
export async function runCli(
  words: readonly string[],
  host: Host,
  faces: Faces,
  registry: readonly Command[] = everyCommand,
): Promise<number> {
  let profile: string | undefined;
  let line: readonly string[] = [];
  try {
    if (words[0] === "__complete") {
      const [{ completionOf }, { withLineTools }] = await Promise.all([
        import("./candidates.ts"),
        import("./tools.ts"),
      ]);
      const commands = withLineTools(registry, async () => undefined);
      await host.terminal.output.write(await completionOf(commands, words.slice(1), host));
      return 0;
    }
    const { input, output } = host.terminal;
    const isBare = words.every((word) => word === "--accessible");
    // Asked when it matters: to look at standard input opens it, which takes time.
    const canMenu = () => output.isTerminal && input.isTerminal && !host.environment.CI;
    if (isBare && canMenu()) {
      const accessible = { ...host.environment, SIPNAV_ACCESSIBLE: "1" };
      return await faces.menu(words.length === 0 ? host : deriveHost(host, { environment: accessible }));
    }
    const menu = async () => void (await faces.menu(host));
    const { runWords } = await import("./line.ts");
    const noteProfile = (name: string) => {
      profile = name;
    };
    await runWords(words, {
      host,
      faces,
      registry,
      scope: new Map(),
      options: {},
      isShell: false,
      announced: new Set(),
      get menu() {
        return canMenu() ? menu : undefined;
      },
      around: [],
      noteProfile,
      noteWords(given) {
        line = given;
      },
    });
    return 0;
  } catch (thrown) {
    return printFailure(thrown, { words: line, around: words }, host.terminal.errors, profile);
  }
}
