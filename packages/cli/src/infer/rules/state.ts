import type { DraftRead, DraftState } from "../draft.ts";
import type { Concept } from "../name/lexicon.ts";
import type { Word } from "../name/words.ts";
import { choose, type Score, toRead } from "./choice.ts";
import { endsWith, type FieldPlace, has, nearestOf } from "./field-place.ts";

/** The events a state is made of. Of an event that is asked for, the asking is none of them. */
const EVENTS: readonly Concept[] = ["payment", "delivered", "confirmed", "canceled", "returned", "requested"];
/** Words beside an event that do not change its meaning. */
const HARMLESS: readonly Concept[] = ["moment", "completed", "order", "deal"];

/**
 * Drafts the moments of a record's state.
 *
 * Where no member says when the purpose ends, nothing else may stand for it: data would stay clear.
 */
export function draftState(fields: readonly FieldPlace[]): DraftState {
  const moments = fields.filter(isMoment);
  const deliveredAt = draftEvent(moments, "delivered", "delivery");
  const confirmed = draftEvent(moments, "confirmed", "the purchase confirmation");
  const ends = [
    confirmed,
    draftEvent(moments, "canceled", "a completed cancellation"),
    draftEvent(moments, "returned", "a completed return"),
  ].filter((one) => one !== undefined);
  return {
    paidAt: draftEvent(moments, "payment", "the payment") ?? NOT_PAID,
    ...(deliveredAt === undefined ? {} : { deliveredAt }),
    purposeEndedAt: confirmed === undefined ? [...ends, NOT_CONFIRMED] : ends,
  };
}

const NOT_PAID: DraftRead = Object.freeze({
  isSure: false,
  why: "no member says when it was paid; all is masked until you name it",
});
const NOT_CONFIRMED: DraftRead = Object.freeze({
  isSure: false,
  why: "no member says when the purchase was confirmed; all is masked until you name it",
});

function isMoment({ field, leaf, ...place }: FieldPlace): boolean {
  if (field.declared !== "open" || leaf.booleans > 0) return false;
  return (
    leaf.moments > 0 ||
    leaf.declaration.format?.startsWith("date") ||
    endsWith({ field, leaf, ...place }, "moment")
  );
}

function draftEvent(moments: readonly FieldPlace[], event: Concept, what: string): DraftRead | undefined {
  const choice = choose(moments, (field) => scoreEvent(field, event));
  return choice && toRead(choice, what, sayUnreadable(choice.best));
}

function scoreEvent(field: FieldPlace, event: Concept): Score {
  const own = toEvents(field.own);
  if (nearestOf({ ...field, around: toEvents(field.around), own }, ...EVENTS) !== event) return 0;
  const isPlain = own.every(({ concept }) => concept === event || (concept && HARMLESS.includes(concept)));
  // The seller confirms an order, too; and a cancellation begins before it is completed.
  const isDone = event === "payment" || event === "delivered" || isPast(own, event);
  const isClear = isPlain && isDone && !(event === "confirmed" && has(own, "order"));
  return has(own, event) && isClear ? 2 : 1;
}

/** A completed shipment is a delivery; a shipment alone is none. */
function toEvents(words: readonly Word[]): readonly Word[] {
  const isDelivery = has(words, "shipment") && has(words, "completed");
  return words.map((word) =>
    isDelivery && word.concept === "shipment" ? { ...word, concept: "delivered" } : word,
  );
}

function isPast(own: readonly Word[], event: Concept): boolean {
  return (
    has(own, "completed") || own.some(({ text, concept }) => concept === event && /ed$|확정$/.test(text))
  );
}

function sayUnreadable({ leaf, path }: FieldPlace): string | undefined {
  const { unreadableMoments, count } = leaf;
  if (unreadableMoments === 0) return undefined;
  return `${unreadableMoments} of ${count} values have no zone or another form, and then all is masked: give ${path.at(-1)} as 2026-11-22T09:00:00+09:00`;
}
