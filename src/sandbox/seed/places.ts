/** Where a company has its desk. */
export interface Place {
  city: string;
  state: string | null;
  country: string;
  zip: string | null;
  currency: string;
  /** Digits up to a block that is reserved for fiction; two digits follow. Null where none is reserved. */
  phoneBlock: string | null;
}

type Row = [city: string, state: string, zip: string, npa: string];

const american: readonly Row[] = [
  ["Dallas", "TX", "75201", "214"],
  ["Tampa", "FL", "33602", "813"],
  ["Denver", "CO", "80202", "303"],
  ["Los Angeles", "CA", "90017", "213"],
  ["New York", "NY", "10013", "212"],
  ["Newark", "NJ", "07102", "201"],
  ["Atlanta", "GA", "30303", "404"],
  ["Chicago", "IL", "60606", "312"],
  ["Phoenix", "AZ", "85004", "602"],
  ["Seattle", "WA", "98101", "206"],
  ["Boston", "MA", "02110", "617"],
  ["Salt Lake City", "UT", "84101", "801"],
  ["Coeur d'Alene", "ID", "83814", "208"],
  ["Winston-Salem", "NC", "27101", "336"],
];

const canadian: readonly Row[] = [
  ["Toronto", "ON", "M5J 2N1", "416"],
  ["Montréal", "QC", "H3B 1A7", "514"],
  ["Vancouver", "BC", "V6C 1T2", "604"],
  ["Trois-Rivières", "QC", "G9A 4H3", "819"],
];

const foreign: readonly (readonly [city: string, country: string, zip: string | null, currency: string])[] = [
  ["London", "GB", "EC2A 4NE", "GBP"],
  ["Panamá", "PA", null, "USD"],
  ["Frankfurt am Main", "DE", "60313", "EUR"],
  ["São Paulo", "BR", "01310-100", "USD"],
  ["Singapore", "SG", "068805", "USD"],
  ["Kraków", "PL", "31-004", "EUR"],
];

function northAmerican([city, state, zip, npa]: Row, country: string, currency: string): Place {
  return { city, state, country, zip, currency, phoneBlock: `1${npa}55501` };
}

/** Mostly American, as the customers of a North American platform are. */
export const places: readonly Place[] = [
  ...american.map((row) => northAmerican(row, "US", "USD")),
  ...canadian.map((row) => northAmerican(row, "CA", "CAD")),
  ...foreign.map(
    ([city, country, zip, currency]): Place => ({
      city,
      state: null,
      country,
      zip,
      currency,
      phoneBlock: country === "GB" ? "4420794600" : null,
    }),
  ),
];

/** Street names for addresses. */
export const streets = [
  "Exchange Pl",
  "Market St, Suite 400",
  "Commerce Dr",
  "Lakeview Ave",
  "Harbour Rd",
  "Main St #12",
  "Switchyard Ln",
] as const;
