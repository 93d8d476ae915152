import type { IncomingMessage } from "node:http";
import { describe, expect, test } from "vitest";
import { readList } from "../../src/api/lists.ts";
import type { Notice } from "../../src/api/pages.ts";
import { answer, connect, errorOf, serve } from "./server.ts";

const rowsFrom = (first: number, count: number) =>
  Array.from({ length: count }, (_, index) => ({ account_id: first + index }));
const pageOf = (request: IncomingMessage) =>
  Number(new URL(request.url ?? "", "http://x").searchParams.get("page"));

async function collect<T>(iterable: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of iterable) all.push(item);
  return all;
}

describe("readList", () => {
  const row = { account_id: 1 };
  test.each([
    [[row], { rows: [row], total: undefined, lastPage: undefined, nextToken: undefined }],
    [[], { rows: [], total: undefined, lastPage: undefined, nextToken: undefined }],
    [
      { data: [row], total: "12", last_page: 3 },
      { rows: [row], total: 12, lastPage: 3, nextToken: undefined },
    ],
    [
      { data: [], total: 0, from: null, next_page_token: "t" },
      { rows: [], total: 0, lastPage: undefined, nextToken: "t" },
    ],
  ])("%j", (data, list) => {
    expect(readList(data)).toEqual(list);
  });

  test.each([
    [undefined, "nothing"],
    ["text", "a string"],
    [{}, "an empty object"],
    [{ account_id: 1, name: "x" }, "an object with account_id, name"],
    [{ data: { a: 1 } }, "a page of an object with a"],
    [{ data: null }, "a page of nothing"],
    [["a"], "a list of a string"],
    [[null], "a list of nothing"],
    [[[1]], "a list of a list"],
  ])("%j is no list", (data, words) => {
    expect(() => readList(data)).toThrowError(
      expect.objectContaining({
        kind: "protocol",
        message: expect.stringMatching(new RegExp(`${words}\\.$`)),
      }),
    );
  });
});

describe("a list over pages", () => {
  test("follows numbers of its own, not the platform's links", async () => {
    const server = await serve((request, response) => {
      const page = pageOf(request);
      const data = {
        data: rowsFrom(page * 2, 2),
        last_page: 3,
        total: 6,
        next_page_url: "http://evil.invalid/",
      };
      answer(response, { success: true, data });
    });
    const pages = await collect(connect(server.url, { platformId: "1" }).pages("listAccounts", {}));
    expect(pages).toEqual([1, 2, 3].map((page) => ({ rows: rowsFrom(page * 2, 2), total: 6, page })));
    expect(server.seen[1]?.url).toBe("/api/accounts?platform_id=1&external=1&per_page=100&page=2");
    expect(server.seen).toHaveLength(3);
  });

  test("ends at an empty page when no one says which is the last", async () => {
    const server = await serve((request, response) => {
      const page = pageOf(request);
      answer(response, { success: true, data: page > 2 ? [] : rowsFrom(page * 10, 3) });
    });
    const rows = await collect(connect(server.url).rows("listAccounts", { query: { per_page: 3 } }));
    expect(rows).toEqual([...rowsFrom(10, 3), ...rowsFrom(20, 3)]);
    expect(server.seen).toHaveLength(3);
  });

  test("carriers that ignore the page are read once", async () => {
    const carriers = [{ carrier_id: 1 }, { carrier_id: "2" }];
    const server = await serve((_, response) => answer(response, { success: true, data: carriers }));
    const notices: Notice[] = [];
    const onNotice = (notice: Notice) => notices.push(notice);
    expect(await collect(connect(server.url).rows("listCarriers", {}, { onNotice }))).toEqual(carriers);
    expect(notices).toEqual([{ kind: "page_repeated", page: 2, rowsSeen: 2, total: undefined }]);
    expect(server.seen).toHaveLength(2);
  });

  test("a paginator that repeats itself for ever ends, ids or not", async () => {
    for (const rows of [rowsFrom(1, 2), [{ name: "a" }, { name: "b" }]]) {
      const server = await serve((_, response) =>
        answer(response, { success: true, data: { data: rows, total: 900, last_page: 450 } }),
      );
      const notices: Notice[] = [];
      const onNotice = (notice: Notice) => notices.push(notice);
      expect(await collect(connect(server.url).rows("listAccounts", {}, { onNotice }))).toEqual(rows);
      expect(notices).toEqual([{ kind: "page_repeated", page: 2, rowsSeen: 2, total: 900 }]);
      expect(server.seen).toHaveLength(2);
    }
  });

  test("rows that come twice are dropped, and a total that moves is told", async () => {
    const server = await serve((request, response) => {
      const page = pageOf(request);
      const rows = page === 1 ? rowsFrom(1, 3) : [{ account_id: "3" }, { account_id: 4 }];
      answer(response, { success: true, data: { data: rows, total: page === 1 ? 5 : 4, last_page: 2 } });
    });
    const notices: Notice[] = [];
    const onNotice = (notice: Notice) => notices.push(notice);
    expect(await collect(connect(server.url).rows("listAccounts", {}, { onNotice }))).toEqual(rowsFrom(1, 4));
    expect(notices).toEqual([
      { kind: "total_moved", page: 2, before: 5, after: 4 },
      { kind: "rows_repeated", page: 2, count: 1 },
    ]);
  });

  test.each([
    [
      "a page that is empty before the last",
      (page: number) => (page === 2 ? [] : rowsFrom(page * 2, 2)),
      2,
      2,
    ],
    ["a last page that is short", (page: number) => rowsFrom(page * 2, page === 3 ? 1 : 2), 3, 5],
  ])("%s is told", async (_, rowsOf, page, rowsSeen) => {
    const server = await serve((request, response) =>
      answer(response, { success: true, data: { data: rowsOf(pageOf(request)), total: 6, last_page: 3 } }),
    );
    const notices: Notice[] = [];
    const onNotice = (notice: Notice) => notices.push(notice);
    const rows = await collect(connect(server.url).rows("listAccounts", {}, { onNotice }));
    expect(rows).toHaveLength(rowsSeen);
    expect(notices).toEqual([{ kind: "rows_missing", page, rowsSeen, total: 6 }]);
  });

  test("restrictions page by token", async () => {
    const server = await serve((request, response) => {
      const token = new URL(request.url ?? "", "http://x").searchParams.get("page_token");
      const data = {
        data: [{ restriction_id: token ?? "first" }],
        next_page_token: token === "b/2" ? null : "b/2",
      };
      answer(response, { success: true, data });
    });
    const rows = await collect(connect(server.url).rows("listRestrictions", {}));
    expect(rows).toEqual([{ restriction_id: "first" }, { restriction_id: "b/2" }]);
    expect(server.seen[1]?.url).toBe("/api/call-restrictions/num?per_page=100&page_token=b%2F2");
  });

  test("a list of one answer is asked for once and kept whole", async () => {
    const calls = [{ cdr_id: 1 }, { cdr_id: 1 }];
    const server = await serve((_, response) => answer(response, { success: true, data: calls }));
    expect(await collect(connect(server.url).rows("searchCdrs", { query: { limit: 2 } }))).toEqual(calls);
    expect(server.seen.map(({ url }) => url)).toEqual(["/api/cdr/search?limit=2"]);
  });

  test("the cap on pages says that it cut", async () => {
    const server = await serve((request, response) =>
      answer(response, { success: true, data: rowsFrom(pageOf(request) * 10, 1) }),
    );
    const notices: Notice[] = [];
    const options = { pagesMax: 3, onNotice: (notice: Notice) => notices.push(notice) };
    expect(await collect(connect(server.url).rows("listAccounts", {}, options))).toHaveLength(3);
    expect(notices).toEqual([{ kind: "pages_cut", page: 3 }]);
    expect(server.seen).toHaveLength(3);
  });

  test("a reader that stops or aborts causes no further calls", async () => {
    const server = await serve((request, response) =>
      answer(response, { success: true, data: rowsFrom(pageOf(request) * 10, 2) }),
    );
    const client = connect(server.url);
    for await (const row of client.rows("listAccounts", {})) {
      if (row.account_id === 20) break;
    }
    expect(server.seen).toHaveLength(2);
    const controller = new AbortController();
    const pages = client.pages("listAccounts", {}, { signal: controller.signal });
    await pages.next();
    controller.abort();
    expect((await errorOf(pages.next())).kind).toBe("interrupted");
    expect(server.seen).toHaveLength(3);
  });
});

describe("pages asked for ahead", () => {
  /** A list of ten pages of two rows; answers only when told, and counts what is under way. */
  async function openSlow(lastPage: number | undefined = 10) {
    const waiting = new Map<number, () => void>();
    const counts = { most: 0, cut: 0 };
    const server = await serve((request, response) => {
      const page = pageOf(request);
      const data = { data: rowsFrom(page * 2, 2), last_page: lastPage, total: 20 };
      waiting.set(page, () => {
        waiting.delete(page);
        answer(response, { success: true, data });
      });
      counts.most = Math.max(counts.most, waiting.size);
      response.on("close", () => {
        if (response.writableEnded) return;
        counts.cut++;
        waiting.delete(page);
      });
    });
    const settle = () => new Promise((resolve) => setTimeout(resolve, 30));
    const until = (test: () => boolean) => expect.poll(test, { timeout: 15_000, interval: 5 }).toBe(true);
    return { server, waiting, counts, settle, until };
  }

  test("come in order whatever order they are answered in, never more at once than wished", async () => {
    const { server, waiting, counts, settle, until } = await openSlow();
    const all = collect(connect(server.url).pages("listAccounts", {}, { prefetch: 8 }));
    await until(() => waiting.has(1));
    waiting.get(1)?.();
    await until(() => waiting.size === 8);
    await settle();
    expect(waiting.size).toBe(8);
    for (const page of [9, 8, 7, 6, 5, 4, 3]) waiting.get(page)?.();
    await settle();
    expect(server.seen).toHaveLength(9);
    waiting.get(2)?.();
    await until(() => waiting.has(10));
    waiting.get(10)?.();
    expect((await all).map(({ page }) => page)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect((await all).flatMap(({ rows }) => rows)).toEqual(rowsFrom(2, 20));
    expect(counts.most).toBe(8);
  });

  test("wait for a reader who is slow to take them, and are broken off when it leaves", async () => {
    const { server, waiting, counts, settle, until } = await openSlow();
    const pages = connect(server.url).pages("listAccounts", {}, { prefetch: 4 });
    const first = pages.next();
    await until(() => waiting.has(1));
    waiting.get(1)?.();
    expect((await first).value).toMatchObject({ page: 1 });
    await settle();
    expect(server.seen).toHaveLength(1);
    const second = pages.next();
    await until(() => waiting.size === 4);
    waiting.get(2)?.();
    expect((await second).value).toMatchObject({ page: 2 });
    await settle();
    expect(server.seen).toHaveLength(5);
    await pages.return(undefined);
    await until(() => counts.cut === 3);
    expect(server.seen).toHaveLength(5);
  });

  test("are asked for one by one while nobody says how many there are", async () => {
    const server = await serve((request, response) => {
      const page = pageOf(request);
      answer(response, { success: true, data: page > 3 ? [] : rowsFrom(page * 10, 1) });
    });
    expect(await collect(connect(server.url).rows("listAccounts", {}, { prefetch: 8 }))).toHaveLength(3);
    expect(server.seen.map(({ url }) => new URL(url, "http://x").searchParams.get("page"))).toEqual([
      "1",
      "2",
      "3",
      "4",
    ]);
  });

  test("tell of the same oddities as pages one by one", async () => {
    const noticesWith = async (prefetch: number) => {
      const server = await serve((request, response) => {
        const page = pageOf(request);
        const rows = page === 3 ? rowsFrom(8, 3) : rowsFrom(page * 3, 3);
        const data = { data: rows, total: page < 4 ? 30 : 31, last_page: 11 };
        answer(response, { success: true, data });
      });
      const notices: Notice[] = [];
      const options = { prefetch, pagesMax: 6, onNotice: (notice: Notice) => notices.push(notice) };
      const rows = await collect(connect(server.url).rows("listAccounts", {}, options));
      expect(server.seen).toHaveLength(6);
      return { rows, notices };
    };
    const ahead = await noticesWith(5);
    expect(ahead).toEqual(await noticesWith(1));
    expect(ahead.notices.map(({ kind }) => kind)).toEqual(["rows_repeated", "total_moved", "pages_cut"]);
  });

  test("fail when their turn comes, and then nothing is left under way", async () => {
    const server = await serve((request, response) => {
      const page = pageOf(request);
      const data = { data: rowsFrom(page * 2, 2), total: 20, last_page: 10 };
      if (page === 3) answer(response, { message: "no" }, 403);
      else if (page < 3) answer(response, { success: true, data });
    });
    const pages = connect(server.url).pages("listAccounts", {}, { prefetch: 4 });
    expect((await pages.next()).value.page).toBe(1);
    expect((await pages.next()).value.page).toBe(2);
    expect((await errorOf(pages.next())).kind).toBe("forbidden");
    expect(server.seen.length).toBeLessThanOrEqual(6);
  });
});
