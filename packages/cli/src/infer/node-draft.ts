import { find } from "@garim/masking";
import type { DraftMember, DraftNode, DraftOmission, DraftShape, DraftUnion } from "./draft.ts";
import { draftLeaf } from "./field/draft.ts";
import { splitName, type Word } from "./name/words.ts";
import type { RecordPlaces } from "./record/place.ts";
import { isLeaf, type Seen, type SeenMember, type SeenUnion } from "./seen.ts";

/** Where a node is drafted. */
export interface Place {
  /** The names around it, those of its record and within it. */
  readonly around: readonly Word[];
  readonly records: RecordPlaces;
  /** Outside of a record there is no decision, so no personal data either. */
  readonly isInRecord: boolean;
}

/** More members than any form of data has: they are named by data. */
const MOST_MEMBERS = 200;
/** Names no schema can declare. */
const UNDECLARABLE: ReadonlySet<string> = new Set(["", "_masked", "__proto__"]);

/** Drafts what a schema says of one place. */
export function draftNode(seen: Seen, own: readonly Word[], place: Place): DraftNode {
  const record = place.records.get(seen);
  if (record !== undefined) return { node: "record", name: record.name };
  const forms = countForms(seen);
  if (seen.unknown !== undefined) return leftOut(seen.unknown);
  if (seen.declaration?.pii !== undefined && !isLeaf(seen))
    return leftOut("x-pii marks it as a whole: mark the texts and numbers in it");
  if (forms > 1) return leftOut(sayMixed(seen));
  if (seen.objects > 0) return draftObject(seen, { ...place, around: [...place.around, ...own] });
  if (seen.lists > 0) return draftList(seen, own, place);
  return draftScalar(seen, own, place);
}

function countForms(seen: Seen): number {
  const hasValues = seen.values.some((value) => value !== null);
  return Number(hasValues) + Number(seen.objects > 0) + Number(seen.lists > 0);
}

function sayMixed({ objects, lists, values }: Seen): string {
  const others = values.filter((value) => value !== null).length;
  return `it is an object ${objects} times, a list ${lists} times and a plain value ${others} times: let it be one of them`;
}

function draftScalar(seen: Seen, own: readonly Word[], place: Place): DraftNode {
  const field = draftLeaf(seen, own, place.around);
  if (place.isInRecord || field.declared === "open") return field;
  return leftOut(`no personal data may stand outside a record (${field.why}): open() if it holds none`);
}

function draftList(seen: Seen, own: readonly Word[], place: Place): DraftNode {
  if (seen.item === undefined) return leftOut("the list is empty in all samples");
  const item = draftNode(seen.item, own, place);
  return item.node === "left-out" ? item : { node: "list", item };
}

function draftObject(seen: Seen, place: Place): DraftNode {
  if (isNamedByData(seen))
    return leftOut(
      `its ${seen.members.size} members are named by data, which no schema can declare: answer a list`,
    );
  if (seen.union !== undefined) return draftUnion(seen.union, place);
  return seen.members.size === 0 ? leftOut("it has no member in any sample") : draftShape(seen, place);
}

/** The discriminator is declared by the union itself. */
function draftUnion({ discriminator, variants }: SeenUnion, place: Place): DraftUnion {
  const drafted = [...variants].map(([tag, variant]) => {
    const members = draftShape(variant, place).members.filter(({ name }) => name !== discriminator);
    return { tag, shape: { node: "shape", members } as const };
  });
  return { node: "union", discriminator, variants: drafted };
}

/** Drafts the members of an object. */
export function draftShape(seen: Seen, place: Place): DraftShape {
  const members = [...seen.members].map(([name, member]) => draftMember(name, member, seen, place));
  return { node: "shape", members };
}

function draftMember(name: string, { seen, count }: SeenMember, parent: Seen, place: Place): DraftMember {
  const isDeclarable = !UNDECLARABLE.has(name);
  const value = isDeclarable
    ? draftNode(seen, splitName(name), place)
    : leftOut("no schema can declare this name");
  return { name, value, isOptional: count < parent.objects };
}

/**
 * Whether an object is a table whose keys are data: a phone or a long number as a name, very many names, or names that mean
 * nothing in front of objects that are all alike. Such names must not be printed.
 */
export function isNamedByData({ members }: Seen): boolean {
  const names = [...members.keys()];
  return members.size > MOST_MEMBERS || names.some(isData) || isTable(members);
}

function isData(name: string): boolean {
  return name.length > 100 || /\d{5,}/.test(name) || find(name).length > 0;
}

function isTable(members: ReadonlyMap<string, SeenMember>): boolean {
  const [first, ...others] = [...members.values()].map(({ seen }) => [...seen.members.keys()].sort().join());
  const isUnknown = [...members.keys()].every((name) =>
    splitName(name).every(({ concept }) => concept === undefined),
  );
  return (
    isUnknown &&
    first !== undefined &&
    first !== "" &&
    others.length > 0 &&
    others.every((names) => names === first)
  );
}

function leftOut(why: string): DraftOmission {
  return { node: "left-out", isSure: false, why };
}
