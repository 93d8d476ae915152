import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildProgram, hasTmux, openTerminal, patient, removeProgram } from "./tmux.ts";

/** Bytes as tmux sends them. */
const hex = (text: string) => Array.from(Buffer.from(text), (byte) => byte.toString(16).padStart(2, "0"));

describe.skipIf(!hasTmux)("keys of a real terminal", patient, () => {
  beforeAll(buildProgram, patient.timeout);
  afterAll(removeProgram);

  test("three letters in one write are three keys", async () => {
    const terminal = await openTerminal(80, 24);
    await terminal.start();
    await terminal.press("1", "1", "Enter");
    await terminal.type("jjj");
    expect(terminal.screen()).toMatch(/^> +4 /m);
    await terminal.type("kk");
    expect(terminal.screen()).toMatch(/^> +2 /m);
  });

  test("an arrow that comes in two writes is an arrow, and Esc by itself is Esc", async () => {
    const terminal = await openTerminal(80, 24);
    await terminal.start();
    await terminal.press("1", "1", "Enter");
    terminal.tmux("send-keys", "-H", "1b", ";", "send-keys", "-H", ...hex("[B"));
    await terminal.until("the next row", () => (/^> +2 /m.test(terminal.screen()) ? true : undefined));
    terminal.send("Escape");
    await terminal.appears("[ Run ]");
  });

  test("mouse, focus and unknown sequences never become text, and a paste is one line of it", async () => {
    const terminal = await openTerminal(80, 24);
    await terminal.start();
    await terminal.press("1", "2");
    terminal.tmux("send-keys", "-H", ...hex("\u001b[<0;10;5M\u001b[<0;10;5m\u001b[I\u001b[O\u001b[99;5~"));
    terminal.tmux("send-keys", "-H", ...hex("\u001b[200~4\n2\u001b[201~"));
    await terminal.appears("4 2_");
    expect(terminal.screen()).toMatch(/^> id\*? +4 2_/m);
    expect(terminal.screen()).not.toMatch(/\[<|0;10|;5M|200~|99;5/);
  });
});
