import { addMonths } from "@garim/policy";
import { QUESTIONS, type Question } from "./questions.ts";
import type {
  FiledAnswer,
  SelfCheckEntry,
  SelfCheckFacts,
  SelfCheckReport,
  SelfCheckState,
} from "./self-check.ts";

/** A person's answer is asked for again after so many months: ours, the law gives no number. */
const GOOD_MONTHS = 12;

/** Whether a question is asked of a seller, or of the marketplace. */
export function isAskedOf({ of }: Question, sellerId: string | null): boolean {
  return of === "both" || of === (sellerId === null ? "marketplace" : "seller");
}

/**
 * Answers every question a small seller or a marketplace must be able to answer about its measures: by itself where facts say so, by
 * what a person said within a year, else it is open. What is known goes before what somebody says.
 *
 * @source pipa/29
 */
export function checkSelf(facts: SelfCheckFacts, answers: readonly FiledAnswer[]): SelfCheckReport {
  const { sellerId, now, policy } = facts;
  const entries = QUESTIONS.filter((question) => isAskedOf(question, sellerId)).map((question) =>
    checkOne(
      question,
      facts,
      answers.find((answer) => answer.question === question.id),
    ),
  );
  const count = (state: SelfCheckState): number => entries.filter((entry) => entry.state === state).length;
  const counts = { yes: count("yes"), no: count("no"), open: count("open") };
  return { sellerId, madeAt: now, edition: policy.edition.id, counts, entries };
}

function checkOne(
  { id, question, sources, know, next }: Question,
  facts: SelfCheckFacts,
  said: FiledAnswer | undefined,
): SelfCheckEntry {
  const known = know(facts);
  const isSaidAfter = known?.until !== undefined && said !== undefined && said.answeredAt > known.until;
  if (known !== null && !isSaidAfter) {
    const state = known.isSo ? "yes" : "no";
    const rest = { isKnown: true, because: known.because, answeredAt: null, answeredBy: null };
    return { id, question, sources, state, ...rest, next: known.isSo ? null : next };
  }
  const isGood = said !== undefined && facts.now < addMonths(said.answeredAt, GOOD_MONTHS);
  const state = isGood ? said.answer : "open";
  return {
    ...{ id, question, sources, state, isKnown: false },
    because: said === undefined ? null : { ko: said.note, en: said.note },
    next: state === "yes" ? null : next,
    answeredAt: said?.answeredAt ?? null,
    answeredBy: said?.answeredBy ?? null,
  };
}
