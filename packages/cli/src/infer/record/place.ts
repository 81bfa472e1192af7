import { draftLeaf } from "../field/draft.ts";
import { splitName, type Word } from "../name/words.ts";
import { isLeaf, type Seen } from "../seen.ts";
import { makeNamer } from "./name.ts";

/** What is known of a record before its fields are looked at. */
export interface RecordPlace {
  readonly name: string;
  /** What the name of its list says of it. */
  readonly around: readonly Word[];
}

/** The records of an answer, in the order they stand in it. */
export type RecordPlaces = ReadonlyMap<Seen, RecordPlace>;

/** Members that only wrap an answer. Their names say nothing of what is in them. */
const WRAPPERS: ReadonlySet<string> = new Set(
  "data result results response body payload content contents items list rows records page 데이터 결과 응답 목록 내용".split(
    " ",
  ),
);

function isWrapper(name: string): boolean {
  return WRAPPERS.has(name.toLowerCase());
}

/**
 * Finds the records of an answer: the objects of its lists where they hold personal data, else the answer itself. Around records
 * stands an envelope, which holds no personal data of its own.
 *
 * @param firstName - the name of the first record, if the caller knows one
 */
export function placeRecords(root: Seen, firstName?: string): RecordPlaces {
  const places = new Map<Seen, RecordPlace>();
  const nameRecord = makeNamer(firstName);
  const isWanted = holdsPersonal(root, []) ? holdsPersonal : () => true;
  const put = (seen: Seen, name: string): void =>
    void places.set(seen, { name: nameRecord(seen.title, name), around: contextOf(name) });
  const place = (seen: Seen, name: string): void => {
    const { item } = seen;
    if (item !== undefined && item.objects > 0) put(item, name);
    else if (seen.objects === 0) return;
    else if (!isEnvelope(seen, isWanted)) put(seen, name);
    else
      for (const [member, { seen: inner }] of seen.members)
        if (isCarrier(inner, member, isWanted)) place(inner, member);
  };
  place(root, "");
  return places;
}

/** What a member's name says of the records in it. */
function contextOf(name: string): readonly Word[] {
  return isWrapper(name) ? [] : splitName(name);
}

type Test = (seen: Seen, around: readonly Word[]) => boolean;

function isEnvelope(seen: Seen, isWanted: Test): boolean {
  const hasCarrier = [...seen.members].some(([name, member]) => isCarrier(member.seen, name, isWanted));
  return hasCarrier && !isTold(seen, []);
}

/** A list of objects, or a wrapper, with records in it. */
function isCarrier(seen: Seen, name: string, isWanted: Test): boolean {
  if (seen.item !== undefined) return seen.item.objects > 0 && isWanted(seen.item, contextOf(name));
  return seen.objects > 0 && isWrapper(name) && isWanted(seen, []);
}

/** Whether an object's own fields tell that it is a record: whose data it holds, or which order it is. Lists are not looked into. */
function isTold(seen: Seen, around: readonly Word[]): boolean {
  return [...seen.members].some(([name, { seen: member }]) => {
    const own = splitName(name);
    if (member.objects > 0) return !isWrapper(name) && isTold(member, [...around, ...own]);
    return isLeaf(member) && (isOrderNumber(own) || isPersonal(member, own, around));
  });
}

function isOrderNumber(own: readonly Word[]): boolean {
  const [before, last] = own.slice(-2);
  return before?.concept === "order" && (last?.concept === "number" || last?.concept === "id");
}

/** A memo alone tells nothing: `message` stands in envelopes, too. */
function isPersonal(seen: Seen, own: readonly Word[], around: readonly Word[]): boolean {
  const { declared, isSure } = draftLeaf(seen, own, around);
  return declared !== "open" && declared !== "memo" && (isSure || declared === "userId");
}

function holdsPersonal(seen: Seen, around: readonly Word[]): boolean {
  if (seen.item !== undefined && holdsPersonal(seen.item, around)) return true;
  return [...seen.members].some(([name, { seen: member }]) => {
    const own = splitName(name);
    return isLeaf(member) ? isPersonal(member, own, around) : holdsPersonal(member, [...around, ...own]);
  });
}
