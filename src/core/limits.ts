/** Every cap of the program, in one place; units stand at the end of the names. */
export const limits = {
  /** Largest answer that is read, decompressed. */
  responseBytesMax: 64 * 1024 * 1024,
  /** Longest wait that a `Retry-After` is granted; beyond it the call fails at once. */
  retryWaitMsMax: 60_000,
  /** Tries of one call, the first included. */
  attemptsMax: 5,
  backoffMsBase: 250,
  backoffMsMax: 8_000,
  /** Laravel's throttle counts in windows that begin with a user's first request. */
  rateWindowMs: 60_000,
  /** The part of a window that bulk work leaves to people. */
  rateReserve: 0.01,
  /** Permits for so much time are taken at once. */
  rateLeaseMs: 250,
  /** Permits that a person's calls take ahead, when they come thick and fast: so many, and this part of what is left. */
  rateAheadMax: 16,
  rateAheadShare: 0.1,
  /** Bulk permits are granted so far ahead of their time: processes that share a limit take turns. */
  rateAheadMsMax: 1_000,
  /** Processes that wait for the same turn don't all ask in the same moment. */
  rateSpreadMsMax: 100,
  /** Permits that were not used for so long are given back. */
  rateLeaseMsMax: 1_000,
  /** Longest wait for the answer of the one call that goes ahead to learn the limit. */
  rateProbeMsMax: 1_000,
  /** A request under way for so long has been counted by the platform. */
  rateCountedMs: 2_000,
  /** Permits of a process that says nothing for so long count as used. */
  rateHolderMsMax: 5_000,
  /** What other processes learn of the limit is looked up this often while waiting. */
  rateNapMsMax: 1_000,
  rateProbeNapMsMax: 50,
  /** Shorter waits are not worth telling. */
  rateWaitToldMs: 1_000,
  /** Longest rest of a limit's window that is believed, and that bulk work waits for. */
  rateWaitMsMax: 24 * 3_600_000,
  /** A lock of the rate file is held for 0.1 ms: one that stands for so long was left by a process that died. */
  rateLockMsMax: 1_000,
  connectTimeoutMs: 10_000,
  /** From the request's last byte to the answer's first. */
  firstByteTimeoutMs: 30_000,
  /** Silence within a body. */
  stallTimeoutMs: 30_000,
  totalTimeoutMs: 120_000,
  redirectsMax: 5,
  /** A kept connection that was idle longer is not used again. */
  idleSocketMsMax: 15_000,
  /** Longest text of the platform's that goes into an error message. */
  reasonCharsMax: 300,
  /** Problems of one failure that a person is shown; JSON has them all. */
  problemsShownMax: 50,
  /** Lines of the shell's history that are kept. */
  historyLinesMax: 1_000,
  /** Things of one noun whose ids and names are kept for completion. */
  seenIdsMax: 1_000,
  seenNameCharsMax: 60,
  /** `source` within `source`. */
  sourceDepthMax: 10,
  /** Failures in a row (5xx and network only) that open the breaker. */
  breakerFailuresMax: 8,
  breakerPauseMs: 15_000,
  /** Pages of one list. */
  pagesMax: 100_000,
  rowsPerPage: 100,
  rowsPerPageMax: 1000,
  /** Requests that the sandbox remembers. */
  sandboxRequestsMax: 100_000,
  /** Largest body that the sandbox takes. */
  sandboxBodyBytesMax: 64 * 1024 * 1024,
  /** Longest wait for the operating system's keychain. */
  keychainTimeoutMs: 3_000,
  /** Longest wait for a lock that another process holds. */
  lockWaitMsMax: 10_000,
  /** Longest run of a command that answers a password or a code. */
  answerCommandTimeoutMs: 30_000,
  answerCommandBytesMax: 64 * 1024,
  /** Times that a person is asked again for a wrong code. */
  askedMax: 3,
  /** Longest paste that the full-screen face takes. */
  pasteCharsMax: 1024 * 1024,
  /** Silence after which an escape character is the Esc key. */
  escapeWaitMs: 50,
  /** The screen is painted no more often. */
  paintIntervalMs: 33,
  /** Keys typed ahead must not answer a question that has just appeared. */
  dialogDeafMs: 300,
  /** How long writes stay armed in the full-screen face. */
  armedMs: 600_000,
  /** Sentences that the full-screen face's log keeps. */
  noticesKeptMax: 1_000,
  /** A run that shows nothing and is over sooner leaves the screen as it is. */
  runQuietMs: 1_000,
  /** How often the age of what is shown is looked at. */
  ageIntervalMs: 1_000,
  /** Queries that one screen loads behind it, and answers that are kept. */
  queriesMax: 24,
  answersKeptMax: 64,
  /** What nobody waits for waits so long for the rate limit before it says so and comes back later. */
  loadWaitMsMax: 2_000,
  /** How long one of its calls may take. */
  loadTimeoutMs: 15_000,
  /** Between two tries of a load that failed: twice as long after each. */
  loadBackoffMsBase: 5_000,
  loadBackoffMsMax: 300_000,
  /** Connections of the last load are kept so long for the next. */
  loadLingerMs: 1_000,
  /** Of the last hour's calls, home reads about so many, and asks for so many balances. */
  homeCallsMax: 4_000,
  homeBalancesMax: 5,
  /** Rows that a table's columns are measured by, besides those in view. */
  measuredRowsMax: 100,
  /** Records that the full-screen face remembers of each sort. */
  thingsKeptMax: 50,
  /** Columns or filters of one list that it remembers. */
  viewItemsMax: 200,
  filtersKeptMax: 20,
  /** What it remembers is written so long after it changed, all at once. */
  keepAfterMs: 500,
  /** A live list of up to a page of rows is loaded so often; longer ones less. */
  liveMs: 10_000,
  /** What is copied by an escape sequence: terminals take little more. */
  copiedBytesMax: 64 * 1024,
  /** Rows that are filtered and sorted at once; more of them bit by bit, between two keys. */
  arrangedAtOnceMax: 5_000,
  /** How long a bit of that takes. */
  arrangeSliceMs: 6,
  /** Rows that are sorted within one bit. */
  sortRunMax: 512,
  /** Nobody may be looking when no key was touched for so long. */
  idleMs: 300_000,
  /** Rows of a live list that are compared with those before. */
  deltaRowsMax: 20_000,
  /** Rows of one sheet that is read. */
  sheetRowsMax: 5_000_000,
  sheetColumnsMax: 1_000,
  /** Excel's own limit of a cell. */
  sheetCellCharsMax: 32_767,
  /** Rows of a template whose cells take only what may be entered: most readers make each such cell. */
  templateRowsMax: 10_000,
  /** What a workbook or a gzip file may hold, unpacked. */
  sheetUnpackedBytesMax: 1_000_000_000,
  /** How many times larger than packed a part of a workbook may be: beyond it, it is a zip bomb. */
  sheetExpansionMax: 400,
  /** The texts of a workbook are the one part that is held in memory. */
  sheetStringsBytesMax: 256 * 1024 * 1024,
  /** Problems of one sheet that are told; the others are counted. */
  problemsKeptMax: 1_000,
  /** Rows with the same problem from which on that is told in one sentence, and how many such sentences. */
  problemFrequentMin: 10,
  problemKindsShownMax: 5,
  /** Rows of a plan, and rows that failed, that are shown; the files of the job have them all. */
  planRowsShownMax: 1_000,
  /** Writes of one run that are under way at a time. */
  bulkConcurrency: 8,
  bulkConcurrencyMax: 64,
  /** What a crash left of a plan that became no job is kept for so long. */
  leftoverMsMax: 24 * 3_600_000,
  /** What a request takes where nothing better is known. */
  requestMsTypical: 250,
  /** How long a run waits for a platform that is down. */
  outageMsMax: 300_000,
  outagePauseMs: 1_000,
  /** Tries of one row at a platform that does not answer, before others get their turn. */
  rowTriesMax: 5,
  /** A write without an answer is looked for so long after it was sent. */
  lookupMs: 5_000,
  /** What is absent then may still be under way: PHP ends a request after 30 s by default. A list made later is believed. */
  absentMs: 35_000,
  /** How often rows without an answer are looked up, and those that are absent sent again. */
  lookupsMax: 6,
  /** Lists that are asked for until one is whole. */
  listTriesMax: 3,
  /** Values of a column that are shown before an import. */
  sheetSamplesMax: 3,
  /** Rows that they are taken from. */
  sheetSampleRowsMax: 200,
  /** Between two reports of how far a run is: on a terminal, and as lines of a log. */
  progressMs: 100,
  progressLineMs: 5_000,
} as const;
