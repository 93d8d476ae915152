import type { Host } from "../host/host.ts";
import type { MenuOptions } from "./options.ts";

/**
 * Shows the menu and answers the exit code when the person leaves it. Standard input and output must be terminals.
 * `SIPNAV_ACCESSIBLE`, or a terminal that cannot move its cursor, gets numbered questions line by line.
 */
export async function startMenu(host: Host, options: MenuOptions): Promise<number> {
  const { SIPNAV_ACCESSIBLE: accessible, TERM: terminal } = host.environment;
  if ((accessible && accessible !== "0") || terminal === "dumb") {
    const { runLinear } = await import("./linear.ts");
    return runLinear(host, options);
  }
  // Ink asks the environment for colour as it is loaded, and does not know this variable.
  if (host.environment.NO_COLOR) options.process.env.FORCE_COLOR = "0";
  const { runApp } = await import("./app.ts");
  return runApp(host, options);
}
