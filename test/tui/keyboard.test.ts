import { once } from "node:events";
import { connect, createServer } from "node:net";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { limits } from "../../src/core/limits.ts";
import { systemClock } from "../../src/host/clock.ts";
import { createKeyboard } from "../../src/tui/terminal/keyboard.ts";
import { temporaryFolder } from "../host/desk.ts";

/** Two ends of a pipe: what is written into one comes out of the other as from a terminal. */
async function openPipe() {
  const path = join(temporaryFolder(), "pipe");
  const server = createServer().listen(path);
  await once(server, "listening");
  const hand = connect(path);
  const [terminal] = await once(server, "connection");
  onTestFinished(() => {
    hand.destroy();
    terminal.destroy();
    server.close();
  });
  return { hand, terminal: Object.assign(terminal, { setRawMode: () => terminal }) };
}

test("an arrow whose end lies unread while the computer is busy is no Esc", async () => {
  const { hand, terminal } = await openPipe();
  const pressed = new Promise((resolve) => {
    createKeyboard(terminal, systemClock, ({ chord }) => resolve(chord)).open();
  });
  terminal.once("data", () => {
    hand.write("[B");
    const untilMs = performance.now() + 2 * limits.escapeWaitMs;
    while (performance.now() < untilMs);
  });
  hand.write("\u001b");
  expect(await pressed).toBe("down");
});
