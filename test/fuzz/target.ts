import type fc from "fast-check";

/** Something that reads what anybody may send. */
export interface Target {
  /** Its corpus lies in `corpus/<name>`. */
  readonly name: string;
  /** Inputs worth trying: JSON values, so that a found one can be kept. */
  readonly inputs: fc.Arbitrary<unknown>;
  /** Throws, or rejects, where something is wrong with how an input was taken. */
  check(input: unknown): void | Promise<void>;
}
