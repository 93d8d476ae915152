/** Laravel's length-aware paginator, with every key that it sends. */
export interface Page<T> {
  current_page: number;
  data: T[];
  first_page_url: string;
  from: number | null;
  last_page: number;
  last_page_url: string;
  links: PageLink[];
  next_page_url: string | null;
  path: string;
  per_page: number;
  prev_page_url: string | null;
  to: number | null;
  total: number;
  [key: string]: unknown;
}

interface PageLink {
  url: string | null;
  label: string;
  active: boolean;
  [key: string]: unknown;
}

/**
 * One page of the rows. The links point at `http://localhost`, as behind a proxy that the application does not
 * know of; `from` and `to` are null on an empty page.
 */
export function paginate<T>(rows: readonly T[], apiPath: string, page: number, perPage: number): Page<T> {
  const start = (page - 1) * perPage;
  const data = rows.slice(start, start + perPage);
  const last = Math.max(1, Math.ceil(rows.length / perPage));
  const path = `http://localhost${apiPath}`;
  const linkTo = (target: number) => (target < 1 || target > last ? null : `${path}?page=${target}`);
  const shown = [...new Set([1, page - 1, page, page + 1, last])].filter((n) => n >= 1 && n <= last);
  return {
    current_page: page,
    data,
    first_page_url: `${path}?page=1`,
    from: data.length === 0 ? null : start + 1,
    last_page: last,
    last_page_url: `${path}?page=${last}`,
    links: [
      { url: linkTo(page - 1), label: "&laquo; Previous", active: false },
      ...shown.map((n) => ({ url: linkTo(n), label: String(n), active: n === page })),
      { url: linkTo(page + 1), label: "Next &raquo;", active: false },
    ],
    next_page_url: linkTo(page + 1),
    path,
    per_page: perPage,
    prev_page_url: linkTo(page - 1),
    to: data.length === 0 ? null : start + data.length,
    total: rows.length,
  };
}
