import { expect, test } from "vitest";
import { runCommand } from "../../src/host/command.ts";

const listener = { signal: new AbortController().signal, notice: () => undefined };
const node = process.execPath;

test("answers what a program prints; no shell reads its arguments", async () => {
  const echo = [node, "-e", "process.stdout.write(process.argv[1])", "$(id) `id` > x"];
  expect(await runCommand(echo, listener)).toBe("$(id) `id` > x");
});

test("what it says besides its answer is handed on while it runs, line by line", async () => {
  const said: string[] = [];
  const script = 'process.stderr.write("Touch the key\\nnow\\n", () => process.stdout.write("code"))';
  const answer = await runCommand([node, "-e", script], { ...listener, notice: (line) => said.push(line) });
  expect({ answer, said }).toEqual({ answer: "code", said: ["Touch the key", "now"] });
});

test("a program finds the end of its input at once", async () => {
  const count = "let n = 0; process.stdin.on('data', (d) => n += d.length).on('end', () => console.log(n))";
  expect(await runCommand([node, "-e", count], listener)).toBe("0\n");
});

test.each([
  [["/nonexistent/helper", "hidden-argument"], "was not found"],
  [[node, "-e", "process.exit(3)", "hidden-argument"], "ended with exit code 3"],
  [[node, "-e", "process.stdout.write('x'.repeat(100000))", "hidden-argument"], "answered too much"],
])("%j fails in words, without its arguments", async (argv, words) => {
  const error = await runCommand(argv, listener).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ kind: "config", message: expect.stringContaining(words) });
  expect(JSON.stringify([String(error), Object(error).facts])).not.toContain("hidden-argument");
});

test("a program that does not end is stopped", async () => {
  const forever = [node, "-e", "setInterval(() => undefined, 1000)"];
  await expect(runCommand(forever, listener, 200)).rejects.toMatchObject({
    kind: "config",
    message: expect.stringContaining("took longer than 0.2 s"),
  });
});

test("an interrupted wait ends with the reason", async () => {
  const ending = new AbortController();
  const wait = runCommand([node, "-e", "setInterval(() => undefined, 1000)"], {
    ...listener,
    signal: ending.signal,
  });
  ending.abort(new Error("interrupted by hand"));
  await expect(wait).rejects.toThrow("interrupted by hand");
});
