import { registry } from "../../src/commands/registry.ts";
import { temporaryFolder } from "../host/desk.ts";
import { openLoggedIn, openPlatform } from "../services/platform.ts";
import { openStage, type StageOptions } from "./stage.ts";

/** The whole menu of somebody who has logged in to a platform of their own. */
export async function openSeat(options: StageOptions = {}) {
  const clock = { aheadMs: 0 };
  const platform = await openPlatform({ now: () => Date.now() + clock.aheadMs });
  const home = temporaryFolder();
  const desk = await openLoggedIn(platform, { environment: { SIPNAV_HOME: home } });
  const open = () => openStage({ home, registry, columns: 100, rows: 30, ...options });
  const stage = open();
  await stage.ready();
  /** What was asked of the platform besides reads and logins. */
  const writes = () =>
    platform.requests().filter(({ method, path }) => method !== "GET" && !/login|otp/.test(path));
  /** The platform takes the session for ended, and says so at the next call. */
  const endSession = () => {
    clock.aheadMs += 9 * 3_600_000;
  };
  return { stage, platform, desk, home, writes, open, endSession };
}
