import type { Reason } from "@garim/policy";

/** How often something would be otherwise, since when and until when it was seen (UTC milliseconds, the database's clock). */
export interface ImpactCount {
  readonly count: number;
  readonly firstAt: number;
  readonly lastAt: number;
}

/** Answers of a route that enforcing would refuse. */
export interface RefusedImpact extends ImpactCount {
  readonly reason: Reason;
}

/** Fields of a kind of record that enforcing would mask or withhold; `count` is of records. */
export interface MaskedImpact extends ImpactCount {
  readonly schema: string;
  readonly field: string;
  readonly reason: Reason;
}

/** Members or headers of a route's answers that enforcing would leave out; `count` is of answers. */
export interface DroppedImpact extends ImpactCount {
  readonly name: string;
}

/** What enforcing would change on one route. */
export interface RouteImpact {
  /** The route's pattern. */
  readonly route: string;
  /** Answers that were observed; all of them left as the host gave them. */
  readonly answers: number;
  /** Of them those that enforcing would have sent byte for byte the same data: nothing masked, refused or left out. */
  readonly unchanged: number;
  /** Answers that enforcing would refuse, the most frequent reason first. */
  readonly refused: readonly RefusedImpact[];
  /** The most frequent field first. */
  readonly masked: readonly MaskedImpact[];
  /** Members of records or envelopes that the schema does not declare. */
  readonly undeclared: readonly DroppedImpact[];
  /** Headers that the handler set and that would not be sent. */
  readonly headers: readonly DroppedImpact[];
}

/** What enforcing would change, by what was observed. */
export interface ObserveReport {
  /** Recorded then or later, UTC milliseconds. */
  readonly from: number;
  /** Recorded before then. */
  readonly to: number;
  /** Records that were read, observed or not. */
  readonly read: number;
  /** The route with the most changed answers first. */
  readonly routes: readonly RouteImpact[];
  /** More routes, fields or reasons than are held: then it is not whole. */
  readonly isWhole: boolean;
  /** Places of records that cannot be read. */
  readonly damaged: readonly number[];
}
