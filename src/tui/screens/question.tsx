import { Box } from "ink";
import type { Question } from "../model/state.ts";
import { inputText } from "../model/typing.ts";
import { wrap } from "../model/wrap.ts";
import { Row } from "./row.tsx";

/** A question above the footer. */
export function QuestionBox({ question, columns }: { question: Question; columns: number }) {
  const { kind, text, typed, yesChord } = question;
  const hidden = kind === "secret";
  const answer =
    kind === "confirm"
      ? `> [ Cancel ]    ${yesChord}: yes`
      : `> ${inputText(typed, { hidden, isOpen: true, columns: columns - 4 })}`;
  return (
    <Box flexDirection="column" flexShrink={0}>
      <Row text={"-".repeat(columns)} columns={columns} />
      {wrap(text, columns - 4)
        .slice(0, 3)
        .map((line) => (
          <Row key={line} text={`  ${line}`} columns={columns} tone="head" />
        ))}
      <Row text={answer} columns={columns} tone="chosen" />
    </Box>
  );
}
