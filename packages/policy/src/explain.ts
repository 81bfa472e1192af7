import type { Allow, Disclosure, Duty, Refuse } from "./decision.ts";
import type { Done, Keep } from "./destruction.ts";
import type { Download } from "./download.ts";
import type { Granted } from "./grant.ts";
import { nameKinds } from "./kind-words.ts";
import { formatKoreanTime, isMoment } from "./moment.ts";
import type { KindSet } from "./pii-kind.ts";
import { ALL_KINDS } from "./pii-kind.ts";
import { REASONS } from "./reason.ts";
import { SOURCES } from "./source.ts";
import type { Language, Words } from "./words.ts";

/** Every decision a rule can make. */
export type Decision = Disclosure | Allow | Refuse | Granted | Download | Duty | Keep | Done;

/** A decision that has a reason. */
type Reasoned = Exclude<Decision, Allow | Download>;

const ALLOWED: Words = { ko: "할 수 있습니다.", en: "Allowed." };
const SHOWN: Words = { ko: "볼 수 있는 항목: ", en: "Shown: " };
const REST: Words = { ko: "그 밖의 항목: ", en: "Other fields: " };
const INCLUDED: Words = { ko: "받을 수 있는 항목: ", en: "Included: " };
const UNTIL: Words = { ko: "기한(한국 시간): ", en: "Until (Korean time): " };
const DUE: Words = { ko: "처리 기한(한국 시간): ", en: "Due (Korean time): " };
const OVERDUE: Words = { ko: "기한이 지났습니다.", en: "It is overdue." };
const BY: Words = { ko: "근거: ", en: "Rule: " };

/**
 * Says a decision in sentences a seller understands: what happened, what is shown, until when, what would lift it, and by which
 * rule. Personal data never stands in it.
 *
 * @param decision - whatever a rule returned
 * @returns one text; its sentences are parted by a blank
 */
export function explain(decision: Decision, language: Language): string {
  if (decision.kind === "allow") return ALLOWED[language];
  if (decision.kind === "download")
    return join([ALLOWED[language], list(INCLUDED, decision.kinds, language)]);
  return join([
    REASONS[decision.reason].because[language],
    ...explainDetail(decision, language),
    REASONS[decision.reason].remedy?.[language],
    `${BY[language]}${SOURCES[decision.source][language]}.`,
  ]);
}

function explainDetail(decision: Reasoned, language: Language): readonly (string | undefined)[] {
  switch (decision.kind) {
    case "reveal": {
      const { because } = REASONS[decision.restReason];
      const rest = decision.clear === ALL_KINDS ? undefined : `${REST[language]}${because[language]}`;
      return [list(SHOWN, decision.clear, language), sayTime(UNTIL, decision.until, language), rest];
    }
    case "granted":
      return [list(SHOWN, decision.kinds, language), sayTime(UNTIL, decision.until, language)];
    case "keep":
      return [sayTime(UNTIL, decision.until, language)];
    case "duty":
      return [sayTime(DUE, decision.dueAt, language), decision.isOverdue ? OVERDUE[language] : undefined];
    default:
      return [];
  }
}

function list(label: Words, kinds: KindSet, language: Language): string {
  return `${label[language]}${nameKinds(kinds, language)}.`;
}

function sayTime(label: Words, at: number | null, language: Language): string | undefined {
  return isMoment(at) ? `${label[language]}${formatKoreanTime(at)}.` : undefined;
}

function join(sentences: readonly (string | undefined)[]): string {
  return sentences.filter((sentence) => sentence !== undefined).join(" ");
}
