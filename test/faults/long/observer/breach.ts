/** What may never be. */
export const CHECKS = {
  unrecorded: "clear data whose record is not in the log, or names somebody else",
  ended: "clear data more than a second after confirmation, sign-out or revocation",
  foreign: "data of another seller",
  twice: "a code, a proof or a link that worked twice",
  fault: "an answer of 500, or a 503 that does not say when to come back",
  hung: "a request nobody answered",
  log: "a gap or damage in the log",
  late: "a node that did not serve within the limit after the parts were back",
  fell: "a node that fell by itself",
} as const;

export type Check = keyof typeof CHECKS;

/** One time that it was. */
export interface Breach {
  readonly check: Check;
  readonly what: string;
}
