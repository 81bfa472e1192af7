import type { PiiKind } from "@garim/policy";
import type { Declared, Guess } from "../draft.ts";
import { nameKind } from "../kind-name.ts";
import type { Form } from "../value/form.ts";
import { type Concept, kindOf } from "./lexicon.ts";
import type { Word } from "./words.ts";

/** What a member's name says of its value. */
export interface NameGuess extends Guess {
  readonly declared: Declared;
  /** The form that values must have for the name to be believed, where nothing masks them. */
  readonly form?: Form;
}

/** A name's words by what they are about; words that are not known are `undefined`. */
type Concepts = readonly (Concept | undefined)[];

/** Kinds whose word tells wherever it stands in a name. */
const TELLING: readonly PiiKind[] = ["rrn", "passport", "customsCode"];
/** Words behind which "no" and "code" say nothing more: telNo, zipCode, cardNo. */
const NUMBERED: Concepts = ["phone", "postcode", "card", "account", "ip", "rrn", "passport", "customsCode"];
const DATA_SUBJECTS: Concepts = ["buyer", "recipient", "customer", "person"];
const THINGS: Concepts = ["product", "organization"];
const FORM_OF: Partial<Readonly<Record<Concept, Form>>> = {
  flag: "flag",
  amount: "amount",
  moment: "moment",
  word: "word",
  url: "url",
  product: "title",
  organization: "title",
};

/**
 * Guesses from names what a member holds. The last word of a name tells, the words before it and the members around it say whose
 * or what's it is.
 *
 * @param own - the member's own name
 * @param around - the names of the members it stands in, outer first
 * @returns nothing where the names say nothing
 */
export function guessByName(own: readonly Word[], around: readonly Word[]): NameGuess | undefined {
  const words = own.map(({ concept }) => concept).filter((concept) => concept !== "part");
  const core = dropNumber(words);
  const head = core.at(-1);
  const before = [...around.map(({ concept }) => concept), ...core.slice(0, -1)];
  const guess = guessForm(core, head) ?? guessPersonal(core, head, before) ?? guessMentioned(core, head);
  // `items[].name`: only the list says that it is a thing's.
  const isOfContext = guess?.form === "title" && !core.some((concept) => THINGS.includes(concept));
  return isOfContext ? { ...guess, form: "thing", isSure: false } : guess;
}

/** `telNo` is about a phone, `email address` about an e-mail. */
function dropNumber(words: Concepts): Concepts {
  const [before, last] = words.slice(-2);
  const isNumber =
    (last === "number" || last === "word") && before !== undefined && NUMBERED.includes(before);
  // A card's code or type is not its number.
  const isDropped = isNumber && !(before === "card" && last === "word");
  const isAddressOf = last === "address" && (before === "email" || before === "ip");
  return isDropped || isAddressOf ? words.slice(0, -1) : words;
}

/** Names that tell the form of a value: amounts, moments, states, flags. A date of birth is none of them. */
function guessForm(core: Concepts, head: Concept | undefined): NameGuess | undefined {
  if (core[0] === "flag") return openAs("flag");
  const form = head && FORM_OF[head];
  if (form === undefined || (form === "moment" && core.includes("birth"))) return undefined;
  // `customs_clearance_code` is the code itself.
  return form === "word" && TELLING.some((kind) => core.includes(kind)) ? undefined : openAs(form);
}

function guessPersonal(core: Concepts, head: Concept | undefined, before: Concepts): NameGuess | undefined {
  const telling =
    TELLING.find((kind) => core.includes(kind)) ?? (core.includes("birth") ? "birth" : undefined);
  if (telling !== undefined) return personal(telling);
  if (head === "name") return guessNamed(before);
  if (head === "id" || head === "number" || head === "userId") return guessIdentified(head, before);
  if (head === "profile")
    return { declared: "memo", isSure: false, why: "about a person, of a kind that has no mask" };
  if (head === "label") return core.at(-2) === "product" ? openAs("title") : undefined;
  const kind = kindOf(head);
  return kind === "company" ? company() : kind && personal(kind);
}

/** Whose name it is: the nearest word that says so. */
function guessNamed(before: Concepts): NameGuess {
  const whose = before.findLast((one) => one === "seller" || one === "company" || isPartyOrThing(one));
  if (whose === undefined) return doubtful("name", "does not say whose");
  if (whose === "seller" || whose === "company") return company();
  return THINGS.includes(whose) ? openAs("title") : personal("name");
}

function isPartyOrThing(concept: Concept | undefined): boolean {
  return DATA_SUBJECTS.includes(concept) || THINGS.includes(concept);
}

/** An identifier names a person where the nearest party is one; a seller's, an order's and a product's are open. */
function guessIdentified(head: Concept | undefined, before: Concepts): NameGuess {
  const nearest = before.findLast((one) => one === "seller" || one === "order" || isPartyOrThing(one));
  if (nearest !== undefined && DATA_SUBJECTS.includes(nearest))
    return {
      declared: "userId",
      isSure: false,
      why: "the name says who it is; open() if it is a number only you know",
    };
  return head === "userId" && nearest === undefined ? personal("userId") : openAs("identifier");
}

/** What is left: a kind of personal data somewhere in the name, or a party alone: `receiver`, 수취인. */
function guessMentioned(core: Concepts, head: Concept | undefined): NameGuess | undefined {
  const mentioned = core.map(kindOf).findLast((kind) => kind !== undefined);
  const isHolder = mentioned === "account" || mentioned === "card";
  if (mentioned !== undefined && !(isHolder && DATA_SUBJECTS.includes(head)))
    return doubtful(mentioned, "is not clear about it");
  if (DATA_SUBJECTS.includes(head)) return personal("name");
  return head === "seller" ? { ...openAs("identifier"), isSure: false } : undefined;
}

/** A company's name stays as it is: it must look like one. */
function company(): NameGuess {
  return { ...openAs("company"), declared: "company" };
}

function openAs(form: Form): NameGuess {
  return { declared: "open", form, isSure: true, why: `the name says ${SAID[form]}` };
}

function personal(kind: PiiKind): NameGuess {
  return { declared: kind, isSure: true, why: `the name says ${nameKind(kind)}` };
}

function doubtful(kind: PiiKind, doubt: string): NameGuess {
  return { declared: kind, isSure: false, why: `the name says ${nameKind(kind)}, but ${doubt}` };
}

const SAID: Readonly<Record<Form, string>> = {
  flag: "yes or no",
  amount: "an amount",
  moment: "a moment",
  identifier: "an identifier",
  word: "a state or a code",
  title: "a thing, no person",
  thing: "a thing by what stands around it",
  company: "a company",
  url: "a link",
};
