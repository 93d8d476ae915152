import { diffRows, type Size } from "./differ.ts";

/** The alternate screen of a terminal, painted by changed rows. */
export interface Screen {
  readonly size: Size;
  /** Shows a frame, rows separated by line feeds. */
  paint(frame: string): void;
  /** Makes the next frame a full repaint. */
  forget(): void;
  /** Puts a text into the clipboard of a terminal that lets programs do so (OSC 52). */
  copy(text: string): void;
  /** Publishes a window title. */
  title(text: string): void;
  enter(): void;
  /** Gives the terminal back as it was, by `writeNow`. Does nothing when it was left already. */
  leave(): void;
}

/** What the screen needs of a terminal's output stream. */
export interface ScreenOutput {
  readonly columns?: number | undefined;
  readonly rows?: number | undefined;
  write(text: string): unknown;
}

// Alternate screen, no wrapping, hidden cursor, marked pastes; undone in the opposite order.
const enterCodes = "\u001b[?1049h\u001b[?7l\u001b[?25l\u001b[?2004h";
const leaveCodes = "\u001b[?2026l\u001b[0m\u001b[?2004l\u001b[?25h\u001b[?7h\u001b[?1049l";

/**
 * Opens a screen on an output.
 * @param writeNow writes before it returns, for the moment when the process ends; it must not throw
 */
export function createScreen(output: ScreenOutput, writeNow: (text: string) => void): Screen {
  let shown: readonly string[] | undefined;
  let entered = false;
  const sizeNow = (): Size => ({ columns: output.columns || 80, rows: output.rows || 24 });
  return {
    get size() {
      return sizeNow();
    },
    paint(frame) {
      const rows = frame.split("\n");
      const changes = diffRows(shown, rows, sizeNow().rows);
      shown = rows;
      if (entered && changes !== "") output.write(`\u001b[?2026h${changes}\u001b[?2026l`);
    },
    forget() {
      shown = undefined;
    },
    copy(text) {
      if (entered) output.write(`\u001b]52;c;${Buffer.from(text).toString("base64")}\u0007`);
    },
    title(text) {
      if (entered) output.write(`\u001b]2;${text}\u0007`);
    },
    enter() {
      entered = true;
      shown = undefined;
      output.write(enterCodes);
    },
    leave() {
      if (!entered) return;
      entered = false;
      writeNow(leaveCodes);
    },
  };
}
