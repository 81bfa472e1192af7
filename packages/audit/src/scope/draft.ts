import {
  findSoftWords,
  type Language,
  listMissingContents,
  NOTICE_CONTENTS,
  NOTICE_WORDS,
  type NoticeContent,
} from "@garim/policy";
import type { BreachScope } from "./breach-scope.ts";
import { DRAFT_WORDS } from "./draft-words.ts";
import type { ScopeDuty } from "./duties.ts";

/** What a draft is made of. */
export interface DraftFacts {
  readonly scope: BreachScope;
  readonly duties: readonly ScopeDuty[];
  /** Whether the leak is only possible so far. */
  readonly isPossibleOnly?: boolean;
  /** Who writes it; marked as missing unless given. */
  readonly company?: string;
  /** Contents that people wrote. They stand instead of what is drafted. */
  readonly contents?: Readonly<Partial<Record<NoticeContent, string>>>;
}

/** A draft for somebody to finish. */
export interface Draft {
  readonly text: string;
  /** Contents of the seven that nobody wrote and the log does not tell. With any of them it is a partial notice, and says so. */
  readonly missing: readonly NoticeContent[];
  /** Words in it that play the leak down, as somebody wrote them. @source garim/wording */
  readonly softWords: readonly string[];
}

/** What the log alone tells. How it happened it does not. */
const KNOWN_FROM_LOG: readonly NoticeContent[] = ["items"];

/**
 * Drafts the notice to each data subject, with the seven contents of the law. What is known is filled in, what is not is marked; it
 * names neither staff nor keys.
 *
 * @source pipa/34-1, garim/wording
 */
export function draftNotice(facts: DraftFacts, language: Language): Draft {
  const say = DRAFT_WORDS[language];
  const missing = missingOf(facts);
  const { company = say.toFill(say.company), isPossibleOnly = false } = facts;
  return draftOf(missing, [
    say.noticeTitle(isPossibleOnly),
    "",
    say.noticeOpening(company, isPossibleOnly),
    ...(missing.length === 0 ? [] : [say.partial]),
    "",
    ...contentsOf(facts, language),
  ]);
}

/**
 * Drafts the report to the PIPC or KISA: how many, what and when, the clocks, and the seven contents.
 *
 * @source pipa-decree/40
 */
export function draftReport(facts: DraftFacts, language: Language): Draft {
  const say = DRAFT_WORDS[language];
  const missing = missingOf(facts);
  const { company = say.toFill(say.company), scope, duties, isPossibleOnly = false } = facts;
  return draftOf(missing, [
    say.reportTitle(isPossibleOnly),
    "",
    ...(missing.length === 0 ? [] : [say.partial, ""]),
    `${say.company}: ${company}`,
    `${say.peopleHeading}: ${say.people(scope)}`,
    ...say.numbers(scope),
    "",
    say.clocksHeading,
    ...duties.map((duty) => `- ${say.clock(duty)}`),
    "",
    ...contentsOf(facts, language),
  ]);
}

function missingOf({ contents = {}, scope }: DraftFacts): readonly NoticeContent[] {
  const given = Object.entries(contents).flatMap(([name, text]) => (text.trim() === "" ? [] : [name]));
  const known = scope.isWhole && scope.answers > 0 ? KNOWN_FROM_LOG : [];
  return listMissingContents([...given, ...known]);
}

function contentsOf({ contents = {}, scope }: DraftFacts, language: Language): readonly string[] {
  const say = DRAFT_WORDS[language];
  return NOTICE_CONTENTS.flatMap((content, i) => {
    const given = contents[content]?.trim() ?? "";
    const lines = given === "" ? say.drafted[content](scope) : [given];
    return [`${i + 1}. ${NOTICE_WORDS[content][language]}`, ...lines.map((line) => `   ${line}`), ""];
  });
}

function draftOf(missing: readonly NoticeContent[], lines: readonly string[]): Draft {
  const text = `${lines.join("\n").trimEnd()}\n`;
  return { text, missing, softWords: findSoftWords(text) };
}
