import {
  type FiledFlow,
  type Flow,
  type FlowName,
  type FlowParty,
  listPublicFlows,
  MARKETPLACE,
  writePublicFlows,
} from "@garim/duties";
import { decideFlow, FLOW_KIND_WORDS, listFlowGaps, type Policy, REASONS } from "@garim/policy";
import { inputInvalid } from "../input-error.ts";
import type { Column } from "../output/column.ts";
import { writeDocument } from "../output/document.ts";
import { findLanguage, type Language } from "../output/language.ts";
import { writeList } from "../output/list.ts";
import type { VerbContext } from "../verb/context.ts";
import type { DutyListOptions, DutyOptions } from "./forms.ts";
import { changeRegisters, readRegisters } from "./with-registers.ts";

/** An entry, and what is to be said about it. */
interface JudgedFlow extends FiledFlow {
  readonly gaps: readonly string[];
  readonly reason: string | null;
}

/** Runs `garim duties flows`. */
export async function runFlows(options: DutyListOptions, context: VerbContext): Promise<void> {
  const { terminal } = context;
  const language = findLanguage(options.lang, terminal);
  await readRegisters(options, context, async ({ flows }, policy) => {
    const rows = flows.list().map((flow) => judgeFlow(flow, terminal.now(), policy));
    await writeList(terminal, columnsIn(language), rows, options);
  });
}

/** Runs `garim duties put-flow`. */
export async function runPutFlow(file: string, options: DutyOptions, context: VerbContext): Promise<void> {
  await changeRegisters("put-flow", file, options, context, async (given, { flows }, keeper) => {
    const filed = await flows.put(given as Flow, keeper);
    const gaps = listFlowGaps(filed);
    await writeDocument(context.terminal, { ...filed, gaps }, options, () => [
      `${filed.kind}: ${sayParty(filed.from)} -> ${sayParty(filed.to)}`,
      ...(gaps.length === 0 ? [] : [`Nothing goes by it yet; it lacks: ${gaps.join(", ")}`]),
    ]);
  });
}

/** Runs `garim duties end-flow`. */
export async function runEndFlow(file: string, options: DutyOptions, context: VerbContext): Promise<void> {
  await changeRegisters("end-flow", file, options, context, async (given, { flows }, keeper) => {
    const ended = await flows.end(given as FlowName, keeper);
    if (ended === null) throw inputInvalid("There is no such entry; garim duties flows lists them");
    await writeDocument(context.terminal, ended, options, () => [
      `ended: ${sayParty(ended.from)} -> ${sayParty(ended.to)}`,
    ]);
  });
}

/** Runs `garim duties public-flows`. */
export async function runPublicFlows(options: DutyOptions, context: VerbContext): Promise<void> {
  const { terminal } = context;
  await readRegisters(options, context, async ({ flows }, policy) => {
    const sender: FlowParty =
      options.seller === undefined ? MARKETPLACE : { kind: "seller", id: options.seller };
    const list = listPublicFlows(flows.list(), sender, terminal.now(), policy);
    await terminal.write(options.html ? writePublicFlows(list) : `${JSON.stringify(list, null, 2)}\n`);
  });
}

function judgeFlow(flow: FiledFlow, now: number, policy: Policy): JudgedFlow {
  const decided = decideFlow(flow, now, policy);
  return { ...flow, gaps: listFlowGaps(flow), reason: decided.kind === "refuse" ? decided.reason : null };
}

function columnsIn(language: Language): readonly Column<JudgedFlow>[] {
  return [
    { heading: { ko: "구분", en: "kind" }, cell: ({ kind }) => FLOW_KIND_WORDS[kind][language] },
    { heading: { ko: "보내는 쪽", en: "from" }, cell: ({ from }) => sayParty(from) },
    { heading: { ko: "받는 쪽", en: "to" }, cell: ({ to }) => sayParty(to) },
    { heading: { ko: "빠진 항목", en: "lacks" }, cell: ({ gaps }) => gaps.join(", ") },
    { heading: { ko: "막힌 이유", en: "blocked" }, cell: ({ reason }) => sayReason(reason, language) },
    { heading: { ko: "끝", en: "ends" }, cell: ({ endsAt }) => endsAt && new Date(endsAt).toISOString() },
  ];
}

function sayReason(reason: string | null, language: Language): string | null {
  return reason === null ? null : REASONS[reason as keyof typeof REASONS].because[language];
}

function sayParty({ kind, id }: FlowParty): string {
  return kind === "marketplace" ? kind : `${kind} ${id}`;
}
