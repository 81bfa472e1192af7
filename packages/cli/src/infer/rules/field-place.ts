import type { DraftField, Path } from "../draft.ts";
import { draftLeaf, leafOf } from "../field/draft.ts";
import type { Concept } from "../name/lexicon.ts";
import { splitName, type Word } from "../name/words.ts";
import { isLeaf, type Seen } from "../seen.ts";
import type { Leaf } from "../value/leaf.ts";

/** A field of a record that is in no list, as the rules look at it. */
export interface FieldPlace {
  readonly path: Path;
  readonly own: readonly Word[];
  readonly around: readonly Word[];
  readonly field: DraftField;
  readonly leaf: Leaf;
  /** Whether some records do not have it, or have it empty. */
  readonly isOptional: boolean;
}

/** The fields of a record that every record has at most once: what stands in a list is left out. */
export function listFields(record: Seen, around: readonly Word[]): readonly FieldPlace[] {
  return listBelow(record, { path: [], around, isOptional: false });
}

function listBelow(
  seen: Seen,
  at: Pick<FieldPlace, "path" | "around" | "isOptional">,
): readonly FieldPlace[] {
  return [...seen.members].flatMap(([name, { seen: member, count }]) => {
    const own = splitName(name);
    const path = [...at.path, name];
    const isOptional = at.isOptional || count < seen.objects || isSometimesEmpty(member);
    if (!isLeaf(member)) return listBelow(member, { path, around: [...at.around, ...own], isOptional });
    const { around } = at;
    return [{ path, own, around, field: draftLeaf(member, own, around), leaf: leafOf(member), isOptional }];
  });
}

function isSometimesEmpty({ values }: Seen): boolean {
  return values.some((value) => value === null || value === "");
}

/** Whether the last word of a member's own name is about one of these. */
export function endsWith({ own }: FieldPlace, ...concepts: readonly Concept[]): boolean {
  const last = own.at(-1)?.concept;
  return last !== undefined && concepts.includes(last);
}

/** Whether a word is about a concept. */
export function has(words: readonly Word[], concept: Concept): boolean {
  return words.some((word) => word.concept === concept);
}

/** The last of these concepts that the names say, the members around it first: whose it is. */
export function nearestOf({ own, around }: FieldPlace, ...concepts: readonly Concept[]): Concept | undefined {
  return [...around, ...own].findLast(({ concept }) => concept !== undefined && concepts.includes(concept))
    ?.concept;
}
