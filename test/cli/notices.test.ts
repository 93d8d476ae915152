import { expect, test } from "vitest";
import { openNotices } from "../../src/cli/notices.ts";
import { limits } from "../../src/core/limits.ts";

function open(form: { quiet?: boolean; live?: boolean }) {
  const time = { nowMs: 0 };
  const seen = { text: "" };
  const errors = {
    isTerminal: form.live ?? false,
    columns: 20,
    gone: new AbortController().signal,
    write: async (text: string) => {
      seen.text += text;
    },
  };
  const notices = openNotices(errors, { quiet: false, live: false, ...form }, { nowMs: () => time.nowMs });
  return { notices, seen, time };
}

const wipe = "\r\u001b[K";

test("on a terminal, progress is written over, cut to the line, and gone in the end", async () => {
  const { notices, seen } = open({ live: true });
  notices.progress("1 of 9");
  notices.progress("2 of 9 rows, and much more to say");
  notices.say("A sentence.");
  notices.progress("3 of 9");
  await notices.drained();
  notices.progress("");
  expect(seen.text).toBe(`1 of 9${wipe}2 of 9 rows, and m…${wipe}A sentence.\n3 of 9${wipe}`);
});

test("elsewhere, it is a plain line every few seconds", async () => {
  const { notices, seen, time } = open({});
  for (let n = 1; n <= 100; n++) {
    time.nowMs += limits.progressLineMs / 10;
    notices.progress(`${n} of 100`);
  }
  await notices.drained();
  expect(seen.text).toBe(Array.from({ length: 10 }, (_, n) => `${10 * (n + 1)} of 100\n`).join(""));
});

test("a quiet line shows none", async () => {
  const { notices, seen } = open({ quiet: true, live: true });
  notices.progress("1 of 9");
  notices.say("A sentence.");
  await notices.drained();
  expect(seen.text).toBe("");
});
