import type { DraftRead, DraftRules, DraftSubject } from "../draft.ts";
import { type Choice, choose, type Score, toRead } from "./choice.ts";
import { endsWith, type FieldPlace, has, nearestOf } from "./field-place.ts";
import { draftState } from "./state.ts";

/** More phones than these are no data subjects of one record. */
const MOST_PHONES = 4;

/** Drafts where seller, data subjects and state of a record are found. */
export function draftRules(fields: readonly FieldPlace[]): DraftRules {
  return { seller: draftSeller(fields), subjects: draftSubjects(fields), state: draftState(fields) };
}

function draftSeller(fields: readonly FieldPlace[]): DraftRead {
  const choice = choose(fields, scoreSeller);
  if (choice === undefined)
    return {
      isSure: false,
      why: "no member says which seller's record it is; a record of several sellers must be split",
    };
  return toRead(choice, "the seller", choice.best.isOptional ? "some records do not have it" : undefined);
}

function scoreSeller(field: FieldPlace): Score {
  const isSellers =
    nearestOf(field, "seller", "buyer", "recipient", "customer", "person", "product", "order") === "seller";
  if (!isSellers || field.field.declared !== "open") return 0;
  if (endsWith(field, "id", "number", "userId")) return 2;
  return endsWith(field, "seller", "word") ? 1 : 0;
}

/** The buyer and whose phones the record holds; the order where a record may have neither. */
function draftSubjects(fields: readonly FieldPlace[]): readonly DraftSubject[] {
  const buyer = choose(fields, scoreBuyer);
  const phones = fields.filter(isDataSubjectsPhone).slice(0, MOST_PHONES);
  const named = [
    ...(buyer === undefined ? [] : [toSubject("buyer", buyer, "the buyer")]),
    ...phones.map((best) => toSubject("phone", { best, others: [], score: 2 }, "a data subject's phone")),
  ];
  if (named.some(({ isOptional }) => !isOptional)) return named;
  const order = choose(fields, scoreOrder);
  const rest = order === undefined ? [] : [toSubject("order", order, "the order, in place of its buyer")];
  return named.length + rest.length === 0 ? [NO_SUBJECT] : [...named, ...rest];
}

const NO_SUBJECT: DraftSubject = Object.freeze({
  type: "buyer",
  isOptional: false,
  isSure: false,
  why: "no member says whose data it is",
});

function toSubject(type: DraftSubject["type"], choice: Choice, what: string): DraftSubject {
  const { isOptional } = choice.best;
  const read = toRead(choice, what);
  return {
    ...read,
    type,
    isOptional,
    why: isOptional ? `${read.why}; some records do not have it` : read.why,
  };
}

function scoreBuyer(field: FieldPlace): Score {
  const whose = nearestOf(field, "buyer", "customer", "recipient", "person", "seller");
  if (whose !== "buyer" && whose !== "customer") return 0;
  if (field.field.declared === "userId") return whose === "buyer" ? 2 : 1;
  // `buyer: "kim77"`: an id as well as a name.
  const { forms, numbers, count } = field.leaf;
  const isAlone = field.own.length === 1 && endsWith(field, "buyer", "customer");
  return isAlone && count > 0 && forms.identifier + numbers === count ? 1 : 0;
}

function isDataSubjectsPhone(field: FieldPlace): boolean {
  return field.field.declared === "phone" && !has([...field.around, ...field.own], "seller");
}

function scoreOrder(field: FieldPlace): Score {
  if (field.field.declared !== "open" || !endsWith(field, "id", "number")) return 0;
  if (has(field.own, "order")) return 2;
  return has(field.around, "order") || field.own.length === 1 ? 1 : 0;
}
