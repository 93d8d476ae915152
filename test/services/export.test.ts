import type { IncomingMessage, ServerResponse } from "node:http";
import { PassThrough } from "node:stream";
import exceljs from "exceljs";
import { describe, expect, test } from "vitest";
import type { ClientOptions } from "../../src/api/client.ts";
import { SipnavError } from "../../src/core/errors.ts";
import { utc } from "../../src/core/time.ts";
import type { OutFile } from "../../src/host/outfile.ts";
import { accountCalls, companyCalls, type NounCalls } from "../../src/services/calls.ts";
import { type ExportOrder, exportList } from "../../src/services/export.ts";
import { answer, connect, createTestClock, errorOf, serve } from "../api/server.ts";

const everything = { rowsMax: Number.POSITIVE_INFINITY };

/** A place in memory that tells what became of it. */
function openPlace(write: (content: string | Uint8Array) => Promise<void> = async () => undefined) {
  const parts: Buffer[] = [];
  const place: OutFile & { end: string } = {
    end: "open",
    async write(content) {
      await write(content);
      parts.push(Buffer.from(content));
    },
    async finish() {
      place.end = "finished";
    },
    async abandon() {
      place.end = "abandoned";
    },
  };
  return { place, bytes: () => Buffer.concat(parts), text: () => Buffer.concat(parts).toString() };
}

interface Setting {
  readonly calls?: NounCalls;
  readonly form?: Partial<ExportOrder["form"]>;
  readonly selection?: ExportOrder["selection"];
  readonly client?: Partial<ClientOptions>;
  readonly write?: (content: string | Uint8Array) => Promise<void>;
}

/** Exports a list of a server's to memory. */
function startExport(url: string, setting: Setting = {}) {
  const { noun, list } = setting.calls ?? accountCalls;
  const said: string[] = [];
  const { place, ...written } = openPlace(setting.write);
  const source = {
    client: connect(url, setting.client),
    zone: utc,
    signal: new AbortController().signal,
    onNotice: (text: string) => void said.push(text),
  };
  const order: ExportOrder = {
    call: { operation: list, input: {}, shape: noun },
    selection: setting.selection ?? everything,
    form: { format: "ndjson", ...setting.form },
  };
  return { result: exportList(source, order, place, { name: "rows.x" }), place, said, ...written };
}

type Rows = readonly object[];
const rowsFrom = (first: number, count: number): Rows =>
  Array.from({ length: count }, (_, index) => ({ account_id: first + index }));
const pageOf = ({ url }: IncomingMessage) => Number(new URL(url ?? "", "http://x").searchParams.get("page"));

/** A server of these pages; `total` may differ from page to page. */
function servePages(
  pages: readonly Rows[],
  {
    total = () => pages.flat().length,
    before = () => false,
  }: {
    total?: (page: number) => number | undefined;
    /** Answers in the page's stead, or not. */
    before?: (page: number, response: ServerResponse) => boolean;
  } = {},
) {
  return serve((request, response) => {
    const page = pageOf(request);
    if (before(page, response)) return;
    const data = { data: pages[page - 1] ?? [], total: total(page), last_page: pages.length };
    answer(response, { success: true, data });
  });
}

const three = [rowsFrom(1, 2), rowsFrom(3, 2), rowsFrom(5, 2)];

describe("an export that goes well", () => {
  test("has every row once, in the platform's order", async () => {
    const server = await servePages(
      [rowsFrom(1, 2), [...rowsFrom(2, 1), ...rowsFrom(3, 1)], rowsFrom(4, 2)],
      {
        total: () => 5,
      },
    );
    const { result, place, text, said } = startExport(server.url, { form: { names: "account_id" } });
    expect(await result).toMatchObject({ rows: 5, complete: true, fields: ["account_id"] });
    expect(text()).toBe([1, 2, 3, 4, 5].map((id) => `{"account_id":"${id}"}\n`).join(""));
    expect(place.end).toBe("finished");
    expect(said).toEqual(["1 row of page 2 had come before and was dropped."]);
  });

  test("waits when it is told to, and loses nothing", async () => {
    const refused = new Set<number>();
    const server = await servePages(three, {
      before(page, response) {
        if (page !== 2 || refused.size > 2) return false;
        refused.add(refused.size);
        answer(response, { message: "Too Many Attempts." }, 429, { "retry-after": "7" });
        return true;
      },
    });
    const clock = createTestClock();
    const { result } = startExport(server.url, { client: { clock } });
    expect(await result).toMatchObject({ rows: 6, complete: true, notices: [] });
    expect(clock.waits).toEqual([7_000, 7_000, 7_000]);
  });

  test("takes a list that ignores the page for what it is", async () => {
    const server = await serve((_, response) => answer(response, { success: true, data: rowsFrom(1, 4) }));
    const { result } = startExport(server.url);
    expect(await result).toMatchObject({ rows: 4, complete: true, notices: [] });
  });

  test("does not read on while nobody takes what was read", async () => {
    const note = "x".repeat(30_000);
    const pages = Array.from({ length: 40 }, (_, page) => [{ account_id: page, note }]);
    const server = await servePages(pages);
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const { result } = startExport(server.url, { write: () => held });
    await expect.poll(() => server.seen.length, { timeout: 5_000 }).toBe(10);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(server.seen).toHaveLength(10);
    release();
    expect(await result).toMatchObject({ rows: 40, complete: true });
  });

  test("asks for no more pages than a limit needs", async () => {
    const pages = Array.from({ length: 40 }, (_, page) => rowsFrom(2 * page, 2));
    for (const [rowsMax, asked] of [
      [1, 1],
      [2, 2],
      [7, 4],
    ] as const) {
      const server = await servePages(pages);
      const { result, said } = startExport(server.url, { selection: { rowsMax } });
      expect(await result).toMatchObject({ rows: rowsMax, complete: true });
      expect(said).toEqual([`Cut at ${rowsMax} rows (--limit); there are more.`]);
      expect(server.seen).toHaveLength(asked);
    }
  });

  test("has amounts as numbers where a cell can hold them, and as text where not", async () => {
    const amounts = ["1234.5600", "-0.01", "12345678901234567.89", "0.1234567890123456"];
    const rows = amounts.map((credit_limit, index) => ({ customer_id: index, credit_limit }));
    const server = await serve((_, response) => answer(response, { success: true, data: rows }));
    const form = {
      format: "xlsx",
      names: "customer_id,credit_limit",
      options: { sheetName: "Money" },
    } as const;
    const { result, bytes } = startExport(server.url, { calls: companyCalls, form });
    await result;
    const book = new exceljs.Workbook();
    await book.xlsx.read(PassThrough.from([bytes()]));
    const sheet = book.getWorksheet("Money");
    expect(sheet?.getColumn(2).values.slice(2)).toEqual([
      1234.56,
      -0.01,
      "12345678901234567.89",
      "0.1234567890123456",
    ]);
    expect(sheet?.getColumn(1).values.slice(2)).toEqual(["0", "1", "2", "3"]);
  });
});

describe("an export that is not whole says so", () => {
  test("when fewer rows come than were told of", async () => {
    const server = await servePages(three, { total: () => 8 });
    const { result, place, said } = startExport(server.url);
    expect(await result).toMatchObject({ rows: 6, complete: false });
    expect(said).toEqual(["The platform told of 8 rows and sent 6."]);
    expect(place.end).toBe("finished");
  });

  test("when the list got shorter while it was read, though the count is right", async () => {
    const server = await servePages([rowsFrom(1, 3), rowsFrom(5, 2)], {
      total: (page) => (page === 1 ? 6 : 5),
    });
    const { result } = startExport(server.url);
    expect(await result).toMatchObject({ rows: 5, complete: false });
  });

  test("and does not when the list got longer and all of it came", async () => {
    const server = await servePages([rowsFrom(1, 3), rowsFrom(4, 3)], {
      total: (page) => (page === 1 ? 5 : 6),
    });
    const { result } = startExport(server.url);
    expect(await result).toMatchObject({ rows: 6, complete: true, notices: [expect.any(String)] });
  });

  test("when a page comes again in place of the next", async () => {
    const server = await servePages([rowsFrom(1, 2), rowsFrom(1, 2), rowsFrom(3, 2)], { total: () => 6 });
    const { result } = startExport(server.url);
    expect(await result).toMatchObject({ rows: 2, complete: false });
  });

  test("when a field turns up too late to be a column, but not in JSON", async () => {
    const pages = [rowsFrom(1, 2), [{ account_id: 3, x_late: 1 }]];
    const server = await servePages(pages);
    const csv = startExport(server.url, { form: { format: "csv" } });
    expect(await csv.result).toMatchObject({ complete: false, rows: 3 });
    expect(csv.said).toEqual(["x_late turned up too late to be a column; --fields or JSON has it."]);
    const json = startExport(server.url, { form: { format: "json" } });
    expect(await json.result).toMatchObject({ complete: true });
    expect(JSON.parse(json.text())[2]).toMatchObject({ account_id: "3", x_late: 1 });
    const picked = startExport(server.url, { form: { format: "json", names: "account_id" } });
    await picked.result;
    expect(JSON.parse(picked.text())).toEqual([1, 2, 3].map((id) => ({ account_id: `${id}` })));
  });
});

describe("an export that fails", () => {
  const failing = (page: number, fail: (response: ServerResponse) => void) =>
    servePages(three, {
      before(asked, response) {
        if (asked !== page) return false;
        fail(response);
        return true;
      },
    });

  test.each([
    ["network", (response: ServerResponse) => void response.destroy()],
    ["server", (response: ServerResponse) => answer(response, { message: "down" }, 503)],
    ["unauthenticated", (response: ServerResponse) => answer(response, { message: "Unauthenticated." }, 401)],
    ["protocol", (response: ServerResponse) => answer(response, { success: true, data: { data: "x" } })],
  ])("midway, by %s, leaves nothing and says how far it came", async (kind, fail) => {
    const server = await failing(2, fail);
    const { result, place } = startExport(server.url);
    const error: SipnavError = await errorOf(result);
    expect(error.kind).toBe(kind);
    expect(error.message).toMatch(/ 2 of 6 rows had been read; rows\.x was not written\.$/);
    expect(place.end).toBe("abandoned");
  });

  test("at once says what went wrong and nothing of rows", async () => {
    const server = await failing(1, (response) => answer(response, { message: "no" }, 403));
    const { result, place } = startExport(server.url);
    const error = await errorOf(result);
    expect(error).toMatchObject({ kind: "forbidden", message: expect.not.stringContaining("rows had been") });
    expect(place.end).toBe("abandoned");
  });

  test.each(["csv", "xlsx"] as const)("because the disk is full, as %s, ends there", async (format) => {
    const note = "é漢".repeat(20_000);
    const pages = Array.from({ length: 30 }, (_, page) => [
      { account_id: page, note: `${note}${page}`.slice(0, 30_000) },
    ]);
    const server = await servePages(pages);
    const write = async () => {
      throw new SipnavError("truncated", "Cannot write rows.x: no space is left.", { code: "ENOSPC" });
    };
    const { result, place } = startExport(server.url, { form: { format }, write });
    expect((await errorOf(result)).facts.code).toBe("ENOSPC");
    if (format === "csv") expect(server.seen.length).toBeLessThan(20);
    expect(place.end).toBe("abandoned");
  });
});

test("a reader who ends the program ends the export", async () => {
  const controller = new AbortController();
  const server = await servePages(three, {
    before: (page) => {
      if (page < 2) return false;
      controller.abort();
      return true;
    },
  });
  const { place } = openPlace();
  const { noun, list } = accountCalls;
  const source = { client: connect(server.url), zone: utc, signal: controller.signal, onNotice: () => {} };
  const order: ExportOrder = {
    call: { operation: list, input: {}, shape: noun },
    selection: everything,
    form: { format: "csv" },
  };
  const error = await errorOf(exportList(source, order, place));
  expect(error.kind).toBe("interrupted");
  expect(error.facts.hint).toBe("2 of 6 rows had been read; what was written is not whole.");
  expect(place.end).toBe("abandoned");
});
