import { Box } from "ink";
import type { Question } from "../model/state.ts";
import { inputText } from "../model/typing.ts";
import { wrap } from "../model/wrap.ts";
import { Row } from "./row.tsx";

/** Rows of the box besides the text and the lines of what is asked about: a border and the answer. */
const frameRows = 2;

/** A question above the footer: what it is about, what is asked, and the answer; it leaves the header in sight. */
export function QuestionBox(props: { question: Question; columns: number; rows: number }) {
  const { question, columns, rows } = props;
  const text = wrap(question.text, columns - 4).slice(0, rows - frameRows);
  const about = linesThatFit(question.lines, rows - text.length - frameRows);
  return (
    <Box flexDirection="column" flexShrink={0}>
      <Row text={"-".repeat(columns)} columns={columns} />
      {about.map((line) => (
        <Row key={`about ${line}`} text={`  ${line}`} columns={columns} />
      ))}
      {text.map((line) => (
        <Row key={line} text={`  ${line}`} columns={columns} tone="head" />
      ))}
      <Row text={answerText(question, columns)} columns={columns} tone="chosen" />
    </Box>
  );
}

function answerText({ kind, typed, yesChord, proof }: Question, columns: number): string {
  if (kind === "confirm") return `> [ Cancel ]    ${yesChord}: yes`;
  const lead = kind === "proof" ? `> type ${proof} for yes: ` : "> ";
  return (
    lead + inputText(typed, { hidden: kind === "secret", isOpen: true, columns: columns - lead.length - 2 })
  );
}

/** The lines that there is room for, and how many more there are. */
function linesThatFit(lines: readonly string[], rows: number): readonly string[] {
  if (lines.length <= rows) return lines;
  const shown = Math.max(0, rows - 1);
  return [...lines.slice(0, shown), `… and ${lines.length - shown} more`];
}
