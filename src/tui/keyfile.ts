import { join } from "node:path";
import { asSipnavError } from "../core/errors.ts";
import type { Host } from "../host/host.ts";
import { readText } from "../host/settings.ts";
import { type Binding, bindings } from "./model/keys.ts";
import { overlayKeys } from "./model/userkeys.ts";

/** A person's own keys, beside `config.json`. */
const name = "keys.json";

/** The bindings in force; a person's own that are wrong leave the face's, and say why. */
export function readBindings(host: Pick<Host, "folders">): {
  readonly bindings: readonly Binding[];
  readonly problems: readonly string[];
} {
  try {
    const text = readText(join(host.folders.config, name));
    if (text === undefined) return { bindings, problems: [] };
    const read = overlayKeys(bindings, text, name);
    return "problems" in read ? { bindings, ...read } : { ...read, problems: [] };
  } catch (thrown) {
    const error = asSipnavError(thrown);
    // Where there is no place for files, there are no keys of one's own.
    const isHomeless = error.kind === "config" && error.facts.code === undefined;
    return { bindings, problems: isHomeless ? [] : [error.message] };
  }
}
