/** The platform writes the same field in several ways; these rows say so, always the same ones. */
function everyNth<T>(rows: readonly T[], every: number, first: number, change: (row: T) => Partial<T>): T[] {
  return rows.map((row, n) => (n % every === first ? { ...row, ...change(row) } : row));
}

/** Some ids as text. */
export function idsAsText<K extends string, T extends { [key in K]?: string | number }>(
  rows: readonly T[],
  field: K,
): T[] {
  return everyNth(rows, 23, 11, (row) => ({ [field]: String(row[field]) }) as Partial<T>);
}

/** Some flags as text, some as JSON's literals. */
export function flagsMixed<T extends { enabled?: string | number | boolean }>(rows: readonly T[]): T[] {
  const asText = everyNth(rows, 19, 7, (row) => ({ enabled: String(row.enabled) }) as Partial<T>);
  return everyNth(asText, 29, 13, (row) => ({ enabled: row.enabled !== 0 }) as Partial<T>);
}

/** Some amounts as numbers, which lose their trailing zeros. */
export function moneyAsNumbers<K extends string, T extends { [key in K]?: string | number }>(
  rows: readonly T[],
  field: K,
): T[] {
  return everyNth(rows, 7, 3, (row) => ({ [field]: Number(row[field]) }) as Partial<T>);
}
