import { operationIds, routeOf } from "../contract/operations.ts";
import { patternOf, type Templates } from "./templates.ts";

const masked = "***";
const secretPlaces = ["encrypted_user", "username"];
const shownNames = new Set(operationIds.flatMap((id) => [...routeOf(id).query]));

/**
 * Makes what errors and logs show of a path and its query: the values of places that identify a user are
 * masked, and so is every query value whose name is not in the contract (an allow-list, because nobody
 * knows what someone types into a raw call). A fragment is dropped.
 */
export function createMask(templates: Templates): (path: string) => string {
  const secret = Object.values(templates)
    .filter((template) => secretPlaces.some((name) => template.includes(`{${name}}`)))
    .map((template) => ({ pattern: patternOf(template), shown: template.replace(/\{\w+\}/g, masked) }));
  return (path) => {
    const [plain = "", search] = (path.split("#", 1)[0] ?? "").split(/\?(.*)/s);
    const shown = secret.find(({ pattern }) => pattern.test(plain))?.shown ?? plain;
    return search === undefined ? shown : `${shown}?${search.split("&").map(showPair).join("&")}`;
  };
}

function showPair(pair: string): string {
  const [name = ""] = pair.split("=", 1);
  return shownNames.has(decode(name)) ? pair : `${name}=${masked}`;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
