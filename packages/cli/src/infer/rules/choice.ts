import type { DraftRead } from "../draft.ts";
import type { FieldPlace } from "./field-place.ts";

/** How well a field answers a question: 0 not at all, 1 perhaps, 2 as its name says. */
export type Score = 0 | 1 | 2;

/** The fields that answer a question best; the first is read, the others make it doubtful. */
export interface Choice {
  readonly best: FieldPlace;
  readonly others: readonly FieldPlace[];
  readonly score: Score;
}

/** Chooses among fields; nothing where none answers at all. */
export function choose(
  fields: readonly FieldPlace[],
  score: (field: FieldPlace) => Score,
): Choice | undefined {
  const [best, ...others] =
    ([2, 1] as const)
      .map((wanted) => fields.filter((field) => score(field) === wanted))
      .find((fields) => fields.length > 0) ?? [];
  return best && { best, others, score: score(best) };
}

/**
 * Drafts what a rule reads.
 *
 * @param doubt - what must be looked at, if anything
 */
export function toRead({ best, others, score }: Choice, what: string, doubt?: string): DraftRead {
  const rivals =
    others.length === 0 ? undefined : `so may ${others.map(({ path }) => path.join(".")).join(", ")}`;
  const doubts = [score < 2 ? "the name is not clear about it" : undefined, rivals, doubt].filter(
    (one) => one !== undefined,
  );
  return {
    path: best.path,
    isNumber: best.leaf.numbers > 0 || best.leaf.declaration.type === "number",
    isSure: doubts.length === 0,
    why: [`the name says ${what}`, ...doubts].join("; "),
  };
}
