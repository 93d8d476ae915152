// Every word is invented or plain; together they read like the customer list of a wholesale voice business.
const roots = [
  "Calverra",
  "Ostrel",
  "Quillon",
  "Vantrose",
  "Marbeck",
  "Tolvane",
  "Brisco Ridge",
  "Pellworth",
  "Anchorleaf",
  "Dunmarrow",
  "Sablewick",
  "Torrance Quay",
  "Hexley",
  "Fenwatch",
  "Larkspan",
  "Oriveda",
  "Crestmoor",
  "Juniperline",
  "Kestrelane",
  "Northmere",
  "Palisade Fork",
  "Redgrove",
  "Silverhollow",
  "Tamarind Bay",
  "Umberfield",
  "Wexcombe",
  "Yarrowby",
  "Zephyrine",
  "Altamesa",
  "Bellhaven",
  "Cindermill",
  "Driftmark",
  "Elmcourt",
  "Foxglen",
  "Galeport",
  "Harrowgate Pike",
  "Isleworth Pine",
  "Kilnbrook",
  "Lowenna",
  "Mistral Cove",
] as const;

const trades = [
  "Voice",
  "Telecom",
  "Communications",
  "Networks",
  "Wholesale",
  "Carrier Services",
  "Telephony",
  "Interconnect",
  "Long Distance",
  "SIP Services",
  "Exchange",
  "Termination",
] as const;

const forms = [" LLC", ", Inc.", " Ltd", " Corp.", "", " Inc.", " S.A.", ", LLC"] as const;

/** Names as people type them: what breaks naive CSV, sorting and width. */
const awkward = [
  "Téléphonie Aubray Québec inc.",
  "O'Dallan & Sons Communications",
  'Harlan "Hal" Prewitt Telecom',
  "Comunicaciones Peñasco Añil, S. de R.L.",
  "Grüntal Sprachdienste GmbH",
  "Łączność Brzozowa Sp. z o.o.",
  "D'Arvelle; Fils et Cie",
  "ACME  Test  (do not delete)",
] as const;

const awkwardEvery = 9;

/** A company's name in full, and the short form that its accounts and carriers begin with. */
export interface PartyName {
  full: string;
  short: string;
}

/** The name of the n-th company, unlike all others; `turn` shifts where the list begins. */
export function partyName(n: number, turn: number): PartyName {
  const special = n % awkwardEvery === 4 ? awkward[Math.floor(n / awkwardEvery)] : undefined;
  if (special !== undefined) return { full: special, short: special.replace(/[,;].*$/, "") };
  const round = Math.floor(n / roots.length);
  const root = roots[(n + turn) % roots.length];
  const trade = trades[(n + round) % trades.length];
  const again = Math.floor(round / trades.length);
  const short = `${root} ${trade}${again === 0 ? "" : ` ${again + 1}`}`;
  return { full: `${short}${forms[(n * 3 + turn) % forms.length]}`, short };
}

const accountPurposes = [
  "US Conversational",
  "US Dialer",
  "A-Z Retail",
  "Call Center",
  "Hosted PBX",
  "A-Z Wholesale",
  "Canada",
  "Residential",
  "Dialer Overflow",
  "Premium CLI",
  "Conference",
  "Test",
] as const;

const carrierRoutes = [
  "US Premium",
  "A-Z Gold",
  "US Standard",
  "US Flat",
  "A-Z Silver",
  "Intrastate",
  "Canada Direct",
  "US Direct TDM",
  "A-Z CLI",
  "Overflow",
  "NCLI",
  "Backup",
] as const;

function numbered(words: readonly string[], n: number, turn: number): string {
  const round = Math.floor(n / words.length);
  return `${words[(n + turn) % words.length]}${round === 0 ? "" : ` ${round + 1}`}`;
}

/** The name of a company's n-th account, unlike its others. */
export function accountName(party: PartyName, n: number, turn: number): string {
  return `${party.short} - ${numbered(accountPurposes, n, turn)}`;
}

/** Whether an account sends automatic calls: many, mostly unanswered, mostly cut off within seconds. */
export function isDialer(name: string): boolean {
  return name.includes("Dialer");
}

/** The name of a company's n-th carrier trunk, unlike its others. */
export function carrierName(party: PartyName, n: number, turn: number): string {
  return `${party.short} ${numbered(carrierRoutes, n, turn)}`;
}

/** A name as a label of a host name: ASCII letters, digits and dashes. */
export function hostLabel(name: string): string {
  const plain = name.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  return plain.replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "");
}
