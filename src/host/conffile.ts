import { dirname } from "node:path";
import Conf from "conf";

/** Replaces the content of `config.json` in a folder at once, readable for its owner only. Throws as node:fs does. */
export function writeConf(path: string, content: object): void {
  new Conf({ cwd: dirname(path), configFileMode: 0o600 }).store = { ...content };
}
