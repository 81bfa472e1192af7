import {
  checkSelf,
  gatherSelfCheck,
  type SelfCheckAnswer,
  type SelfCheckReport,
  writeSelfCheck,
} from "@garim/duties";
import { withDesk } from "../ask/with-desk.ts";
import { writeDocument } from "../output/document.ts";
import { findLanguage, type Language } from "../output/language.ts";
import type { VerbContext } from "../verb/context.ts";
import type { DutyOptions } from "./forms.ts";
import { openRegisters, UNSEEN } from "./registers.ts";
import { changeRegisters } from "./with-registers.ts";

/** Runs `garim duties self-check`. */
export async function runSelfCheck(options: DutyOptions, context: VerbContext): Promise<void> {
  const { terminal } = context;
  const sellerId = options.seller ?? null;
  await withDesk("duties self-check", options, context, async ({ connection, log, asker, policy }) => {
    const registers = await openRegisters({ connection, policy, clock: terminal.now, log });
    const parts = { ...registers, log, policy, isOn: UNSEEN };
    const facts = await gatherSelfCheck(parts, sellerId, asker, terminal.now());
    const report = checkSelf(facts, registers.selfCheck.answers(sellerId));
    if (options.html) return await terminal.write(writeSelfCheck(report, sellerId ?? "마켓"));
    const language = findLanguage(options.lang, terminal);
    await writeDocument(terminal, report, options, () => sayReport(report, language));
  });
}

/** Runs `garim duties answer-self-check`. */
export async function runAnswerSelfCheck(
  file: string,
  options: DutyOptions,
  context: VerbContext,
): Promise<void> {
  await changeRegisters("answer-self-check", file, options, context, async (given, { selfCheck }, keeper) => {
    const filed = await selfCheck.answer(given as SelfCheckAnswer, keeper);
    await writeDocument(context.terminal, filed, options, () => [`${filed.question}: ${filed.answer}`]);
  });
}

const STATES = {
  ko: { yes: "예", no: "아니요", open: "확인 필요" },
  en: { yes: "yes", no: "no", open: "open" },
} as const;

function sayReport({ entries, counts }: SelfCheckReport, language: Language): readonly string[] {
  const said = entries.map(({ id, state, question, because, next }) => {
    const ground = because === null ? "" : ` (${because[language]})`;
    const todo = next === null ? "" : `\n    -> ${next[language]}`;
    return `${STATES[language][state]}: ${question[language]} [${id}]${ground}${todo}`;
  });
  const { yes, no, open } = STATES[language];
  return [...said, `${yes} ${counts.yes}, ${no} ${counts.no}, ${open} ${counts.open}`];
}
