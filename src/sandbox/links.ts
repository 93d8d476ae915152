import type { Schemas } from "../contract/operations.ts";
import { utc } from "../core/time.ts";
import { joinCsv, readDeck } from "./deckfile.ts";
import { appliedJob } from "./decks.ts";
import type { World } from "./handler.ts";
import { deckRows } from "./seed.ts";
import type { DeckJob, Tables } from "./store.ts";
import { htmlReply, type Reply } from "./transmit.ts";

const lifeMs = 3_600_000;

/** Where links are answered. */
export const linksPath = "/__links/";

/** A link to a deck's rows or to its failures, signed, valid for one hour and in need of no token. */
export function issueLink(what: "deck" | "failures", deckId: string, world: World): Schemas["Link"] {
  const expiresMs = world.nowMs() + lifeMs;
  const word = world.vault.sign({ what, deckId, expiresMs });
  return { url: `${world.url}${linksPath}${word}`, expires_at: utc.toWire(expiresMs) };
}

/** The CSV behind a link; a page with 403 for one that is forged or too old. */
export function answerLink(word: string, world: World): Reply {
  const facts = world.vault.open(word);
  const deck = world.store.get("decks", String(facts?.deckId));
  if (deck === undefined || !(Number(facts?.expiresMs) > world.nowMs())) {
    return htmlReply(403, "403 Invalid signature.");
  }
  const body = facts?.what === "deck" ? deckText(deck, world) : failuresText(deck, world);
  return {
    status: 200,
    headers: {
      "Content-Type": "text/csv; charset=UTF-8",
      "Content-Disposition": `attachment; filename="${facts?.what}-${deck.crd_id}.csv"`,
    },
    body,
  };
}

function contentOf(job: DeckJob, world: World): string {
  return world.store.get("uploads", job.filename)?.content ?? "";
}

function deckText(deck: Tables["decks"], world: World): string {
  const job = appliedJob(deck, world);
  if (job !== undefined) {
    const { fields, rows } = readDeck(contentOf(job, world), job.fieldsmap);
    return joinCsv([fields, ...rows]);
  }
  const rows = Array.from(deckRows(deck, world.seed), (row) => Object.entries(row));
  const header = rows[0]?.map(([field]) => field) ?? [];
  return joinCsv([header, ...rows.map((row) => row.map(([, cell]) => cell))]);
}

function failuresText(deck: Tables["decks"], world: World): string {
  const job = appliedJob(deck, world);
  const content = job === undefined ? "" : contentOf(job, world);
  const { failures } = readDeck(content, job?.fieldsmap ?? {});
  const header = content.split(/\r?\n/, 1)[0] ?? "";
  const rows = failures.map(({ line, reason, cells }) => [String(line), reason, ...cells]);
  return `line,reason,${header}\n${joinCsv(rows)}`;
}
