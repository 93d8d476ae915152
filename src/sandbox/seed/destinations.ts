/** A country outside North America that calls go to. */
export interface Destination {
  country: string;
  code: string;
  /** Beginnings of its fixed and mobile numbers after the code, with what a minute costs to buy. */
  routes: readonly Route[];
}

export interface Route {
  kind: "Fixed" | "Mobile";
  beginnings: readonly string[];
  /** Digits of a whole number, country code included. */
  digits: number;
  /** Dollars per minute, before a carrier's or account's factor. */
  cost: number;
}

type Row = [
  country: string,
  code: string,
  fixed: string,
  fixedDigits: number,
  fixedCost: number,
  mobile: string,
  mobileDigits: number,
  mobileCost: number,
];

const rows: readonly Row[] = [
  ["United Kingdom", "44", "20 121 131 161", 12, 0.0042, "74 75 77 78 79", 12, 0.0118],
  ["Mexico", "52", "55 33 81 664", 12, 0.0036, "551 332 811 998", 12, 0.0061],
  ["India", "91", "11 22 44 80", 12, 0.0142, "98 97 90 81 70", 12, 0.0121],
  ["Philippines", "63", "2 32 82", 11, 0.0931, "917 918 905 999", 12, 0.1242],
  ["Germany", "49", "30 40 69 89", 12, 0.0051, "151 160 170 176", 13, 0.0189],
  ["France", "33", "1 2 4 5", 11, 0.0039, "6 7", 11, 0.0151],
  ["Spain", "34", "91 93 95 96", 11, 0.0037, "6 71 72", 11, 0.0133],
  ["Italy", "39", "02 06 011 055", 12, 0.0058, "320 333 347 392", 12, 0.0223],
  ["Brazil", "55", "11 21 31 61", 12, 0.0068, "119 219 319 619", 13, 0.0147],
  ["Colombia", "57", "601 602 604", 12, 0.0049, "300 310 315 320", 12, 0.0078],
  ["Argentina", "54", "11 341 351", 12, 0.0061, "911 9341 9351", 13, 0.0894],
  ["Guatemala", "502", "22 23 24", 11, 0.0981, "30 40 50", 11, 0.1147],
  ["El Salvador", "503", "21 22 25", 11, 0.1198, "60 70 78", 11, 0.1653],
  ["Honduras", "504", "22 25", 11, 0.1212, "31 32 94", 11, 0.1694],
  ["China", "86", "10 20 21 755", 12, 0.0119, "130 138 139 186", 13, 0.0124],
  ["Japan", "81", "3 45 52 6", 11, 0.0182, "70 80 90", 12, 0.0611],
  ["Vietnam", "84", "24 28", 11, 0.0513, "90 91 98", 11, 0.0526],
  ["Nigeria", "234", "1 2 9", 11, 0.1076, "803 805 806 813", 13, 0.1129],
  ["South Africa", "27", "11 21 31", 11, 0.0613, "72 82 83 84", 11, 0.0716],
  ["Israel", "972", "2 3 4 9", 11, 0.0087, "50 52 54", 12, 0.0391],
  ["Poland", "48", "12 22 61 71", 11, 0.0072, "50 60 69 79", 11, 0.0259],
  ["Australia", "61", "2 3 7 8", 11, 0.0131, "4", 11, 0.0342],
  ["Cuba", "53", "7 22 32", 10, 0.7412, "5 58", 10, 0.7689],
  ["Pakistan", "92", "21 42 51", 12, 0.0387, "300 321 333 345", 12, 0.0395],
];

/** Where international calls go and what A-Z decks list, busiest first. */
export const destinations: readonly Destination[] = rows.map(
  ([country, code, fixed, fixedDigits, fixedCost, mobile, mobileDigits, mobileCost]) => ({
    country,
    code,
    routes: [
      { kind: "Fixed", beginnings: fixed.split(" "), digits: fixedDigits, cost: fixedCost },
      { kind: "Mobile", beginnings: mobile.split(" "), digits: mobileDigits, cost: mobileCost },
    ],
  }),
);
