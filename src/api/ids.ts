/**
 * An id that no other call or process has, in the form of a UUID. It is no secret, so it is not Node's: its
 * cryptography takes longer to load than a request to be made.
 */
export const makeId = (): string =>
  "xxxxxxxx-xxxx-4xxx-8xxx-xxxxxxxxxxxx".replace(/x/g, () => Math.floor(Math.random() * 16).toString(16));
