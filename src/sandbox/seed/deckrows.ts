import type { Schemas } from "../../contract/operations.ts";
import { geographicNpas, placeOfNpa } from "../../telecom/npa.ts";
import { createStream, fractionOf } from "../random.ts";
import { destinations } from "./destinations.ts";
import { exchangeAt, exchangeCount } from "./exchange.ts";

/** A row of a US deck: one NPANXX, rates per minute by jurisdiction. */
export type LocalDeckRow = Record<
  "prefix" | "state" | "rate_inter" | "rate_intra" | "rate_indet" | "increment" | "effective_at",
  string
>;

/** A row of an A-Z deck. */
export type InternationalDeckRow = Record<
  "prefix" | "destination" | "country" | "rate" | "increment" | "effective_at",
  string
>;

interface AzPrefix {
  prefix: string;
  destination: string;
  country: string;
  cost: number;
}

/** The prefixes of the world: first those every A-Z deck has, then ever rarer ones. */
function azPrefixList(): { required: number; prefixes: AzPrefix[] } {
  const byPrefix = new Map<string, AzPrefix>();
  const add = (entry: AzPrefix) => byPrefix.has(entry.prefix) || byPrefix.set(entry.prefix, entry);
  const routes = destinations.flatMap(({ country, code, routes }) =>
    routes.flatMap(({ kind, beginnings, cost }) =>
      beginnings.map((beginning) => ({
        prefix: code + beginning,
        destination: `${country} - ${kind}`,
        country,
        cost,
      })),
    ),
  );
  for (const { country, code, routes } of destinations) {
    add({ prefix: code, destination: country, country, cost: routes[0]?.cost ?? 0 });
  }
  for (const route of routes) add(route);
  const required = byPrefix.size;
  for (const digit of "5038172946") {
    for (const { prefix, destination, country, cost } of routes) {
      add({ prefix: prefix + digit, destination: `${destination} Special`, country, cost: cost * 1.4 });
    }
  }
  return { required, prefixes: [...byPrefix.values()] };
}

const az = azPrefixList();

/** The fewest rows of a seeded A-Z deck. */
export const azRowsMin = az.required;

function* localRows(
  rows: number,
  draw: (n: number) => number,
  effective_at: string,
): Generator<LocalDeckRow> {
  const npas = geographicNpas.length;
  const step = Math.floor(exchangeCount / Math.ceil(rows / npas));
  for (let n = 0; n < rows; n++) {
    const position = Math.floor((n * npas) / rows);
    const npa = geographicNpas[position] ?? "";
    const nth = n - Math.ceil((position * rows) / npas);
    const exchange = exchangeAt(nth * step + Math.floor(draw(n * 4) * step));
    const inter = 0.0009 + draw(n * 4 + 1) ** 3 * 0.03;
    const intra = inter * (1 + draw(n * 4 + 2) * 3);
    yield {
      prefix: npa + exchange,
      state: placeOfNpa(npa)?.code ?? "",
      rate_inter: inter.toFixed(5),
      rate_intra: intra.toFixed(5),
      rate_indet: intra.toFixed(5),
      increment: "6/6",
      effective_at,
    };
  }
}

function* azRows(
  rows: number,
  draw: (n: number) => number,
  effective_at: string,
): Generator<InternationalDeckRow> {
  const factor = 0.9 + draw(0) * 0.5;
  const entries = az.prefixes.slice(0, rows).sort((a, b) => (a.prefix < b.prefix ? -1 : 1));
  for (const [n, { prefix, destination, country, cost }] of entries.entries()) {
    const rate = cost * factor * (0.95 + draw(n + 1) * 0.1);
    yield {
      prefix,
      destination,
      country,
      rate: rate.toFixed(4),
      increment: country === "Mexico" ? "60/60" : "30/6",
      effective_at,
    };
  }
}

/** A seeded deck's rows, ascending by prefix, as many as its rows_count says; made as they are read. */
export function deckRows(deck: Schemas["Deck"], seed: number): Iterable<LocalDeckRow | InternationalDeckRow> {
  const stream = createStream(seed, `deck.rows.${deck.crd_id}`);
  const draw = (n: number) => fractionOf(stream(n));
  const make = String(deck.local) === "1" || deck.local === true ? localRows : azRows;
  return make(deck.rows_count ?? 0, draw, (deck.effective_at ?? "").slice(0, 10));
}
