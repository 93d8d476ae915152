import { summaryFields } from "../../commands/verbs/outcome.ts";
import type { SipnavError } from "../../core/errors.ts";
import { text } from "../../domain/kinds.ts";
import type { Row } from "../../domain/noun.ts";
import type { Block } from "../../view/blocks.ts";

const detailFields = [
  { name: "field", label: "Where", kind: text, priority: 1 },
  { name: "message", label: "What is wrong", kind: text, priority: 1 },
];

/**
 * An error as blocks: what happened, every detail, what mends it, and the request it was.
 * @param shown what the command showed before: a report says already which job it is of
 */
export function failureBlocks(error: SipnavError, shown: readonly Block[] = []): Block[] {
  const { details = [], hint, job, requestId, outcomeUnknown } = error.facts;
  const rows = details.map(({ field, file, row, column, message }): Row => {
    const where = [file, row === undefined ? undefined : `row ${row}`, column, field];
    return { field: where.filter((part) => part !== undefined).join(", "), message };
  });
  const sentences = [
    hint,
    outcomeUnknown ? "No answer came: it may have happened all the same." : undefined,
    requestId === undefined ? undefined : `Request id: ${requestId}`,
  ];
  return [
    { kind: "note", text: error.message },
    ...(job === undefined || shown.some((block) => "fields" in block && block.fields === summaryFields)
      ? []
      : [{ kind: "record" as const, fields: summaryFields, row: { job }, idField: "job" }]),
    ...(rows.length > 1 ? [{ kind: "table" as const, fields: detailFields, rows, idField: "field" }] : []),
    ...sentences.flatMap((sentence) =>
      sentence === undefined ? [] : [{ kind: "note" as const, text: sentence }],
    ),
  ];
}
