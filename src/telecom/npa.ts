/** A US state or Canadian province. */
export interface Place {
  /** Postal code; no state shares one with a province. */
  code: string;
  name: string;
  country: "US" | "CA";
}

/**
 * Code, name, country and area codes of every state and province. The lists are some years old: newer
 * overlays are missing, so an unknown area code says nothing. 867 serves all three territories.
 */
const places: readonly (readonly [string, string, Place["country"], string])[] = [
  ["AL", "Alabama", "US", "205 251 256 334"],
  ["AK", "Alaska", "US", "907"],
  ["AZ", "Arizona", "US", "480 520 602 623 928"],
  ["AR", "Arkansas", "US", "479 501 870"],
  [
    "CA",
    "California",
    "US",
    "209 213 310 323 408 415 424 442 510 530 559 562 619 626 628 650 657 661 669 707 714 747 760 805 818 831 858 909 916 925 949 951",
  ],
  ["CO", "Colorado", "US", "303 719 720 970"],
  ["CT", "Connecticut", "US", "203 860 959"],
  ["DE", "Delaware", "US", "302"],
  ["DC", "District of Columbia", "US", "202"],
  ["FL", "Florida", "US", "239 305 321 352 386 407 561 727 754 772 786 813 850 863 904 941 954"],
  ["GA", "Georgia", "US", "229 404 478 678 706 762 770 912"],
  ["HI", "Hawaii", "US", "808"],
  ["ID", "Idaho", "US", "208"],
  ["IL", "Illinois", "US", "217 224 309 312 331 618 630 708 773 779 815 847"],
  ["IN", "Indiana", "US", "219 260 317 574 765 812 930"],
  ["IA", "Iowa", "US", "319 515 563 641 712"],
  ["KS", "Kansas", "US", "316 620 785 913"],
  ["KY", "Kentucky", "US", "270 364 502 606 859"],
  ["LA", "Louisiana", "US", "225 318 337 504 985"],
  ["ME", "Maine", "US", "207"],
  ["MD", "Maryland", "US", "240 301 410 443 667"],
  ["MA", "Massachusetts", "US", "339 351 413 508 617 774 781 857 978"],
  ["MI", "Michigan", "US", "231 248 269 313 517 586 616 734 810 947 989"],
  ["MN", "Minnesota", "US", "218 320 507 612 651 763 952"],
  ["MS", "Mississippi", "US", "228 601 662 769"],
  ["MO", "Missouri", "US", "314 417 573 636 660 816"],
  ["MT", "Montana", "US", "406"],
  ["NE", "Nebraska", "US", "308 402 531"],
  ["NV", "Nevada", "US", "702 725 775"],
  ["NH", "New Hampshire", "US", "603"],
  ["NJ", "New Jersey", "US", "201 551 609 732 848 856 862 908 973"],
  ["NM", "New Mexico", "US", "505 575"],
  ["NY", "New York", "US", "212 315 347 516 518 585 607 631 646 716 718 845 914 917 929"],
  ["NC", "North Carolina", "US", "252 336 704 743 828 910 919 980 984"],
  ["ND", "North Dakota", "US", "701"],
  ["OH", "Ohio", "US", "216 220 234 330 419 440 513 567 614 740 937"],
  ["OK", "Oklahoma", "US", "405 539 580 918"],
  ["OR", "Oregon", "US", "458 503 541 971"],
  ["PA", "Pennsylvania", "US", "215 267 272 412 484 570 610 717 724 814 878"],
  ["RI", "Rhode Island", "US", "401"],
  ["SC", "South Carolina", "US", "803 843 854 864"],
  ["SD", "South Dakota", "US", "605"],
  ["TN", "Tennessee", "US", "423 615 629 731 865 901 931"],
  [
    "TX",
    "Texas",
    "US",
    "210 214 254 281 325 346 361 409 432 469 512 682 713 737 806 817 830 832 903 915 936 940 956 972 979",
  ],
  ["UT", "Utah", "US", "385 435 801"],
  ["VT", "Vermont", "US", "802"],
  ["VA", "Virginia", "US", "276 434 540 571 703 757 804"],
  ["WA", "Washington", "US", "206 253 360 425 509"],
  ["WV", "West Virginia", "US", "304 681"],
  ["WI", "Wisconsin", "US", "262 414 608 715 920"],
  ["WY", "Wyoming", "US", "307"],
  ["AB", "Alberta", "CA", "403 587 780 825"],
  ["BC", "British Columbia", "CA", "236 250 604 778"],
  ["MB", "Manitoba", "CA", "204 431"],
  ["NB", "New Brunswick", "CA", "506"],
  ["NL", "Newfoundland and Labrador", "CA", "709"],
  ["NT", "Northwest Territories", "CA", "867"],
  ["NS", "Nova Scotia", "CA", "782 902"],
  ["ON", "Ontario", "CA", "226 249 289 343 365 416 437 519 613 647 705 807 905"],
  ["QC", "Québec", "CA", "418 438 450 514 579 581 819 873"],
  ["SK", "Saskatchewan", "CA", "306 639"],
];

const placeByNpa: ReadonlyMap<string, Place> = new Map(
  places.flatMap(([code, name, country, npas]) => {
    const place: Place = { code, name, country };
    return npas.split(" ").map((npa) => [npa, place] as const);
  }),
);

/** Every geographic area code that is known, in ascending order. */
export const geographicNpas: readonly string[] = [...placeByNpa.keys()].sort();

/** Where an area code lies; undefined for toll-free, foreign and newer codes. */
export function placeOfNpa(npa: string): Place | undefined {
  return placeByNpa.get(npa);
}
