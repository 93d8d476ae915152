import { Text } from "ink";
import { memo } from "react";
import { pad, truncate, visible } from "../../core/text.ts";
import type { HeaderTone } from "../model/header.ts";

/** How a row looks; what it means also stands in its text. */
export type Tone = HeaderTone | "plain" | "chosen" | "head" | "faint" | "problem";

const looks = {
  plain: {},
  bar: { inverse: true, bold: true },
  sandbox: { inverse: true, bold: true, color: "green" },
  protected: { inverse: true, bold: true, color: "yellow" },
  readOnly: { inverse: true, bold: true, color: "cyan" },
  armed: { inverse: true, bold: true, color: "red" },
  chosen: { inverse: true },
  head: { bold: true },
  faint: { dimColor: true },
  problem: { color: "red", bold: true },
} as const satisfies Record<Tone, object>;

/** One row of the screen. Every text that reaches the terminal passes here, and is made harmless here. */
export const Row = memo(function Row(props: { text: string; columns: number; tone?: Tone }) {
  const { text, columns, tone = "plain" } = props;
  const fitted = truncate(visible(text), columns);
  const look = looks[tone];
  const isFilled = "inverse" in look;
  return <Text {...look}>{isFilled ? pad(fitted, columns) : fitted || " "}</Text>;
});
