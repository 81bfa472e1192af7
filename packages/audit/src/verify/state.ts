import { GarimError } from "@garim/policy";
import type { Damage } from "./damage.ts";
import type { Beyond, ProvenRecord } from "./findings.ts";
import type { CheckedRow, Replayed } from "./range.ts";
import type { Fork } from "./stored-tree.ts";

/** How far a verification is: plain data, so that it can be kept as JSON and gone on with. Whoever can change it can hide damage. */
export interface VerifyState {
  readonly version: 1;
  readonly place: string;
  readonly origin: string;
  readonly isReplay: boolean;
  /** Batches that a checkpoint covered which was given, so that nobody read them. */
  readonly known: number;
  /** Records up to this batch are compared. */
  readonly batches: number;
  readonly tree: TreeState;
  readonly findings: FindingsState;
  readonly destroyed: { readonly used: readonly string[]; readonly proven: readonly string[] };
  readonly counts: {
    readonly matched: number;
    readonly checked: number;
    readonly bytes: number;
  };
  readonly replay: Replayed;
}

export interface TreeState {
  /** The stored tree is compared up to this batch. */
  readonly size: number;
  /** Of the tree then, in hex: what the copy must come to again. */
  readonly root: string;
  readonly damages: readonly Damage[];
  readonly fork: Fork | null;
  readonly newest: { readonly size: number; readonly at: number | null };
  readonly agreedEnd: number;
}

export interface FindingsState {
  readonly lost: readonly { readonly record: ProvenRecord; readonly isRenumbered: boolean }[];
  readonly extra: readonly CheckedRow[];
  readonly replaced: readonly { readonly record: ProvenRecord; readonly row: CheckedRow }[];
  readonly other: readonly Damage[];
  readonly beyond: Beyond | null;
  readonly matchedCount: number;
}

/**
 * Refuses a state of something else.
 *
 * @throws GarimError `ERR_GARIM_INPUT_INVALID`
 */
export function checkState(
  state: VerifyState,
  { place, origin, isReplay, known }: Pick<VerifyState, "place" | "origin" | "isReplay" | "known">,
): void {
  const wrong =
    typeof state !== "object" || state === null || state.version !== 1
      ? "is none, or of another version"
      : state.place !== place || state.origin !== origin
        ? `is of ${state.origin} at ${state.place}, not of ${origin} at ${place}`
        : state.isReplay !== isReplay
          ? `was begun ${state.isReplay ? "with" : "without"} making decisions again`
          : (state.known ?? 0) !== known
            ? `was begun from ${(state.known ?? 0) === 0 ? "the first record" : `a checkpoint over ${state.known} batches`}`
            : undefined;
  if (wrong !== undefined) throw stateFault(wrong);
}

export function stateFault(wrong: string): GarimError {
  return new GarimError(
    "ERR_GARIM_INPUT_INVALID",
    `The state of an earlier verification ${wrong}; begin again without it`,
  );
}
