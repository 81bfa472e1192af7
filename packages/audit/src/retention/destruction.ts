import type { Month } from "../keys/month.ts";
import type { Forgotten } from "./forget-keys.ts";

/** A month that is gone. */
export interface Destruction {
  readonly month: Month;
  readonly first: number | null;
  readonly last: number | null;
  /** Records that were destroyed with it, those that are kept among them. */
  readonly records: number;
  /** Of them, those that outlive their month. */
  readonly kept: number;
  /** The place of the record that says so. */
  readonly record: number;
  /** What became of the keys; `null` where no key file was given. */
  readonly keys: Forgotten | null;
}
