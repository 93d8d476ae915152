import { type ErrorDetail, SipnavError } from "../core/errors.ts";
import { isRecord } from "../core/record.ts";
import type { Zone } from "../core/time.ts";
import { assign, nearestWritable, readAssignment } from "../domain/assignment.ts";
import { type Json, textOf } from "../domain/kinds.ts";
import type { Field, Noun } from "../domain/noun.ts";
import { isSameId } from "../services/objects.ts";
import type { Parameter } from "./define.ts";

/** `account_name` is the parameter `accountName`, which is `--account-name`. */
export const parameterName = (field: string): string =>
  field.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());

const writable = ({ fields }: Noun) => fields.filter((field) => field.writable);

/**
 * A flag for each field that may be set: `account_name` is `--account-name`.
 * @param unless where fields are required, the parameters that may bring them instead
 */
export function fieldParameters(noun: Noun, unless?: readonly string[]): Readonly<Record<string, Parameter>> {
  return Object.fromEntries(
    writable(noun).map(({ name, label, kind, refersTo, required }) => [
      parameterName(name),
      {
        kind,
        summary: label,
        ...(refersTo && { refersTo }),
        ...(required && unless && { required, unless }),
      },
    ]),
  );
}

/** What the writing commands can be given besides the flags of the fields. */
interface WriteValues {
  /** The object's that is changed. */
  readonly id?: string;
  readonly set: readonly string[];
  readonly jsonFile?: string | undefined;
}

/**
 * The fields that a person gave, in the platform's spelling: from a JSON object, then from `--set field=value` and the
 * flags, which go before it and may not contradict one another.
 * @throws validation with every problem at once
 */
export async function givenFields(
  noun: Noun,
  values: WriteValues,
  zone: Zone,
  read: (path: string) => Promise<string>,
): Promise<Record<string, Json>> {
  const problems: ErrorDetail[] = [];
  const result: Record<string, Json> = {};
  const take = (name: string, taken: Taken) => {
    if ("problem" in taken) problems.push({ field: name, message: taken.problem });
    else if (taken.value !== undefined) result[name] = taken.value;
  };
  if (values.jsonFile !== undefined) {
    const content = parseObject(await read(values.jsonFile), values.jsonFile);
    for (const [name, value] of Object.entries(content)) take(name, documentValue(noun, name, value, zone));
    const own = textOf(content[noun.idField] as Json | undefined);
    if (values.id !== undefined && own !== "" && !isSameId(own, values.id)) {
      problems.push({ field: noun.idField, message: `the document is of ${own}, and not of ${values.id}` });
    }
  }
  const given = new Map<string, Json>();
  const set = (field: Field, value: unknown) => {
    const wire = value === null ? null : field.kind.toWire(value, zone);
    const before = given.get(field.name);
    if (before !== undefined && before !== wire) {
      const values = [before, wire].map((one) => textOf(field.kind.fromWire(one, zone)) || "''");
      problems.push({ field: field.name, message: `was given more than once: ${values.join(", then ")}` });
    }
    given.set(field.name, wire);
    result[field.name] = wire;
  };
  for (const pair of values.set) {
    const assigned = readAssignment(noun.fields, pair);
    if ("problem" in assigned) problems.push({ field: "--set", message: assigned.problem });
    else set(assigned.field, assigned.value);
  }
  const flags = values as unknown as Readonly<Record<string, unknown>>;
  for (const field of writable(noun)) {
    const value = flags[parameterName(field.name)];
    if (value !== undefined) set(field, value);
  }
  if (problems.length === 0) return result;
  const text = problems.map(({ field, message }) => `${field}: ${message}`).join("; ");
  throw new SipnavError("validation", `${text}.`, { details: problems });
}

/** A value for the wire, nothing to send, or what is wrong. */
type Taken = { readonly value: Json | undefined } | { readonly problem: string };

/**
 * A document may be what `show --json` printed: what the platform sets is passed over, and a field that this program
 * does not know goes through as it is, unless it looks like a slip.
 */
function documentValue(noun: Noun, name: string, value: unknown, zone: Zone): Taken {
  const field = noun.fields.find((known) => known.name === name);
  if (field === undefined) {
    const near = nearestWritable(noun.fields, name);
    return near === undefined
      ? { value: value as Json }
      : { problem: `no such field; did you mean ${near}?` };
  }
  if (!field.writable) return { value: undefined };
  if (value === null) return { value: null };
  if (typeof value === "object") return { problem: "a list or an object is not expected" };
  const assigned = assign(noun.fields, name, String(value));
  if ("problem" in assigned) return assigned;
  return { value: assigned.value === null ? null : field.kind.toWire(assigned.value, zone) };
}

function parseObject(text: string, path: string): Readonly<Record<string, unknown>> {
  const source = path === "-" ? "Standard input" : path;
  try {
    const content: unknown = JSON.parse(text);
    if (isRecord(content)) return content;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : "";
    throw new SipnavError("validation", `${source} is not JSON: ${reason}.`, { cause });
  }
  throw new SipnavError("validation", `${source} does not hold a JSON object.`);
}
