/** How many exchange codes there are: 200–999 without those of the form N11. */
export const exchangeCount = 792;

/** The n-th exchange code, ascending. */
export function exchangeAt(n: number): string {
  const rest = n % 99;
  return String((Math.floor(n / 99) + 2) * 100 + rest + (rest >= 11 ? 1 : 0));
}
