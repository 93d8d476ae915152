import type { Command } from "../../commands/define.ts";
import { actionsOn, thingOf } from "./actions.ts";
import type { Action } from "./keys.ts";
import { isImport } from "./next.ts";
import { hasRelated } from "./related.ts";
import { isList, type SheetScreen } from "./result.ts";
import { targetAt } from "./sheet.ts";

/**
 * What the keys of a result would do nothing for, where its cursor is: the footer does not promise it. Loading again is
 * worth a word only where something failed.
 */
export function idleActions(screen: SheetScreen, registry: readonly Command[]): ReadonlySet<Action> {
  const target = targetAt(screen.sheet, screen.window.cursor);
  const thing = target && thingOf(target);
  const does: { readonly [A in Action]?: boolean } = {
    choose: target?.isRow || (screen.origin !== undefined && isImport(screen.origin.command)),
    actions: screen.marks.size > 0 || (thing !== undefined && actionsOn(registry, thing.noun).length > 0),
    related: target !== undefined && hasRelated(target),
    filter: isList(screen),
    sort: isList(screen),
    refresh: screen.again !== undefined,
  };
  const actions = Object.keys(does) as (keyof typeof does)[];
  return new Set(actions.filter((action) => !does[action]));
}
