import { MINUTE } from "@garim/policy";

/** From where on something is to be looked at. All of them are ours: neither law nor notice gives a number. */
export interface ReviewLimits {
  /** Records of a month from which on an actor's volume is compared with their own past. */
  readonly volumeFrom: number;
  /** So many times the median of the months before is unusual. */
  readonly volumeTimes: number;
  /** Different data subjects of a month. */
  readonly manySubjects: number;
  /** Answers of a single record each within `rowMs`: somebody, or something, walks from order to order. */
  readonly rowLength: number;
  /** Milliseconds. */
  readonly rowMs: number;
  /** Records that are sampled. */
  readonly sample: number;
}

export const REVIEW_LIMITS: ReviewLimits = Object.freeze({
  volumeFrom: 100,
  volumeTimes: 3,
  manySubjects: 1_000,
  rowLength: 60,
  rowMs: 10 * MINUTE,
  sample: 30,
});
