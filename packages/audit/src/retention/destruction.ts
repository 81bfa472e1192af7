import type { Month } from "../keys/month.ts";
import type { DestroyedPart } from "../tables/retention.ts";
import type { Forgotten } from "./forget-keys.ts";

/** What is gone of a month. */
export interface Destruction {
  /** Its records; or what outlived it of the history of rights. */
  readonly part: DestroyedPart;
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
