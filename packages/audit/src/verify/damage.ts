/** What is wrong with the log. */
export type DamageKind = (typeof DAMAGE_KINDS)[number];

/** The README's table says what each means. */
export const DAMAGE_KINDS = [
  "changed",
  "missing",
  "inserted",
  "reordered",
  "truncated",
  "forked",
  "column",
  "unreadable",
  "tree",
  "copy",
] as const;

/** One thing that is wrong, or the same thing of records that follow each other. */
export interface Damage {
  readonly kind: DamageKind;
  /** The place of the first record it concerns; of a batch, its first record; 0 where it concerns none. */
  readonly seq: number;
  /** The last of them. */
  readonly last: number;
  /** What stands there says that this is its id. */
  readonly id?: string;
  /** In English, without personal data. */
  readonly what: string;
}

/** A month that was destroyed, on a record that is proven. */
export interface Destroyed {
  /** As `2026-11`. */
  readonly month: string;
  readonly first: number;
  readonly last: number;
  /** The place of the record that says so. */
  readonly by: number;
}

const AROUND: readonly DamageKind[] = ["tree", "copy"];

/** Whether it is a record that is wrong, rather than what stands around records. */
export function isOfRecord({ kind }: Damage): boolean {
  return !AROUND.includes(kind);
}
