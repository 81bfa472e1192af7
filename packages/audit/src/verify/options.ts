import type { LogDatabase } from "../database.ts";
import type { CheckpointPlace } from "../seal/place.ts";
import type { RangeReport, RangeTask } from "./range.ts";
import type { VerifyState } from "./state.ts";

export interface VerifyOptions {
  readonly database: LogDatabase;
  /** The copy outside the database. */
  readonly place: CheckpointPlace;
  /** Public keys, `name+id+base64`, of all who signed. */
  readonly keys: readonly string[];
  /** Names the log in its checkpoints. */
  readonly origin: string;
  /**
   * A signed checkpoint that was kept from an earlier verification: what it covers is not read again. That the log goes on from it is
   * shown; that nothing it covers was changed since then is not.
   */
  readonly from?: string;
  /** Makes every decision again. */
  readonly isReplay?: boolean;
  /** Checks a range elsewhere, as in a worker; here unless given. */
  readonly check?: (task: RangeTask) => Promise<RangeReport>;
  /** Ranges that are checked at once; 2 unless given. */
  readonly lanes?: number;
  /** Goes on where an earlier verification was. */
  readonly resume?: VerifyState;
  /** Told that there is a new state to keep; asking for it costs something. Awaited. */
  readonly onState?: (state: () => VerifyState) => void | Promise<void>;
  /** Told how many records are checked. */
  readonly onProgress?: (records: number) => void;
}
