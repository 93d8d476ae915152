/** Field (dot keys when nested) to reasons, in Laravel's wording. */
export type FieldErrors = Record<string, string[]>;

/** What a refusal says in its JSON body. */
export interface ProblemBody {
  readonly message: string;
  readonly [field: string]: unknown;
}

/** What a refusal carries besides its body. */
export interface RefusalFacts {
  readonly headers?: Readonly<Record<string, string>>;
  /** A web page whatever the caller accepts, as a proxy in front of the platform sends it. */
  readonly page?: true;
}

/** Thrown by a handler to answer with an error; the caller's Accept decides between JSON and HTML. */
export class Refusal extends Error {
  readonly status: number;
  readonly body: ProblemBody;
  readonly facts: RefusalFacts;

  constructor(status: number, body: ProblemBody, facts: RefusalFacts = {}) {
    super(body.message);
    this.status = status;
    this.body = body;
    this.facts = facts;
  }
}

/** 404 for an id that no row has, with the class name that Laravel shows. */
export function absent(model: string, id: string): Refusal {
  return new Refusal(404, { message: `No query results for model [App\\Models\\${model}] ${id}` });
}

/** 422 with Laravel's summary: the first reason, and how many more there are. */
export function invalid(errors: FieldErrors): Refusal {
  const reasons = Object.values(errors).flat();
  const more = reasons.length - 1;
  const rest = more > 0 ? ` (and ${more} more error${more > 1 ? "s" : ""})` : "";
  return new Refusal(422, { message: `${reasons[0]}${rest}`, errors });
}

/** The company helper's quirk: a validation error comes as 404, with the reasons in `data`. */
export function invalidAsAbsent(errors: FieldErrors): Refusal {
  return new Refusal(404, { success: false, message: "Validation Error.", data: errors });
}
