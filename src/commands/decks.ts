import { carrier } from "../domain/carrier.ts";
import { deck } from "../domain/deck.ts";
import { choice, id, present } from "../domain/kinds.ts";
import { defineCommand } from "./define.ts";
import { listParameters, runList, tableOf } from "./verbs/list.ts";

/** `decks …` */
export const deckCommands = [
  defineCommand({
    path: ["decks", "list"],
    summary: "List rate decks, of accounts or of carriers",
    group: "platform",
    effect: "read",
    session: true,
    parameters: {
      of: { kind: choice("accounts", "carriers"), summary: "Whose decks; carriers' if not said" },
      account: {
        kind: id,
        summary: "Only this account's",
        refersTo: "account",
        excludes: ["of", "carrier"],
      },
      carrier: { kind: id, summary: "Only this carrier's", refersTo: "carrier", excludes: ["of"] },
      local: { kind: present, summary: "Only local decks", excludes: ["international"] },
      international: { kind: present, summary: "Only international decks" },
      ...listParameters,
    },
    fields: deck.fields,
    examples: [`sipnav decks list --carrier ${carrier.exampleId}`, "sipnav decks list --of accounts --all"],
    run(context, values) {
      const { account, carrier } = values;
      const local = values.local ? { local: 1 } : values.international ? { local: 0 } : {};
      if (account !== undefined || values.of === "accounts") {
        const query = { ...local, ...(account === undefined ? {} : { account_id: account }) };
        return runList(context, "listAccountDecks", { query }, deck, values);
      }
      const query = { ...local, ...(carrier === undefined ? {} : { carrier_id: carrier }) };
      return runList(context, "listCarrierDecks", { query }, deck, values);
    },
    view: ({ rows, cut }) => tableOf(deck, rows, cut),
  }),
];
