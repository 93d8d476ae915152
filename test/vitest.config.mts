import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    root: new URL("..", import.meta.url).pathname,
    include: ["test/**/*.test.ts"],
    reporters: ["default", new URL("./reporter.mjs", import.meta.url).pathname],
    // Nothing takes so long, except on a computer that is busy with much else.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    unstubEnvs: true,
    // Frames and lines are compared as text, and Node's line editor asks the process itself what the terminal can do.
    env: { FORCE_COLOR: "0", TERM: "xterm-256color" },
  },
});
