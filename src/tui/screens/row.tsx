import { Text } from "ink";
import { memo } from "react";
import { pad, truncate, visible } from "../../core/text.ts";

/** How a row looks; what it means also stands in its text. */
export type Tone = "plain" | "bar" | "chosen" | "head" | "faint" | "problem";

const looks = {
  plain: {},
  bar: { inverse: true, bold: true },
  chosen: { inverse: true },
  head: { bold: true },
  faint: { dimColor: true },
  problem: { color: "red", bold: true },
} as const satisfies Record<Tone, object>;

/** One row of the screen. Every text that reaches the terminal passes here, and is made harmless here. */
export const Row = memo(function Row(props: { text: string; columns: number; tone?: Tone }) {
  const { text, columns, tone = "plain" } = props;
  const fitted = truncate(visible(text), columns);
  const isFilled = tone === "bar" || tone === "chosen";
  return <Text {...looks[tone]}>{isFilled ? pad(fitted, columns) : fitted || " "}</Text>;
});
