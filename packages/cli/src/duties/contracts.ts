import type { Agreement, Contract, FiledAgreement, FiledContract } from "@garim/duties";
import { decideContract, type Policy, REASONS } from "@garim/policy";
import { inputInvalid } from "../input-error.ts";
import type { Column } from "../output/column.ts";
import { writeDocument } from "../output/document.ts";
import { findLanguage, type Language } from "../output/language.ts";
import { writeList } from "../output/list.ts";
import type { VerbContext } from "../verb/context.ts";
import type { DutyListOptions, DutyOptions } from "./forms.ts";
import { changeRegisters, keepRegisters, readRegisters } from "./with-registers.ts";

/** An entry, and why a tool gets nothing by it. */
type Judged<T> = T & { readonly reason: string | null };

/** Runs `garim duties agreements`. */
export async function runAgreements(options: DutyListOptions, context: VerbContext): Promise<void> {
  const { terminal } = context;
  const language = findLanguage(options.lang, terminal);
  await readRegisters(options, context, async ({ register }, policy) => {
    const filed = register.agreements().toSorted((one, other) => compare(one.toolId, other.toolId));
    const rows = filed.map((one) => judge(one, terminal.now(), policy));
    await writeList(terminal, agreementColumns(language), rows, options);
  });
}

/** Runs `garim duties put-agreement`. */
export async function runPutAgreement(
  file: string,
  options: DutyOptions,
  context: VerbContext,
): Promise<void> {
  await changeRegisters("put-agreement", file, options, context, async (given, { register }, keeper) => {
    const filed = await register.putAgreement(given as Agreement, keeper);
    await writeDocument(context.terminal, filed, options, () => [
      `agreement with ${filed.toolId}: version ${filed.version}, ends ${sayMoment(filed.endsAt) ?? "never"}`,
    ]);
  });
}

/** Runs `garim duties end-agreement`. */
export async function runEndAgreement(id: string, options: DutyOptions, context: VerbContext): Promise<void> {
  await keepRegisters("end-agreement", options, context, async ({ register }, keeper) => {
    const ended = await register.endAgreement(id, keeper);
    if (ended === null) throw inputInvalid("There is no such agreement; garim duties agreements lists them");
    await writeDocument(context.terminal, ended, options, () => [`ended: agreement with ${ended.toolId}`]);
  });
}

/** Runs `garim duties contracts`. */
export async function runContracts(options: DutyListOptions, context: VerbContext): Promise<void> {
  const { terminal } = context;
  const { seller } = options;
  const language = findLanguage(options.lang, terminal);
  await readRegisters(options, context, async ({ register }, policy) => {
    const filed = seller === undefined ? register.contracts() : register.contractsOf(seller);
    const rows = filed
      .toSorted((one, other) => compare(one.sellerId, other.sellerId) || compare(one.toolId, other.toolId))
      .map((one) => judge(one, terminal.now(), policy));
    await writeList(terminal, contractColumns(language), rows, options);
  });
}

/** Runs `garim duties put-contract`. */
export async function runPutContract(
  file: string,
  options: DutyOptions,
  context: VerbContext,
): Promise<void> {
  await changeRegisters("put-contract", file, options, context, async (given, { register }, keeper) => {
    const filed = await register.putContract(given as Contract, keeper);
    await writeDocument(context.terminal, filed, options, () => [
      `contract of ${filed.sellerId} and ${filed.toolId}: ${filed.tasks.join(", ")}`,
    ]);
  });
}

/** Runs `garim duties end-contract`. */
export async function runEndContract(
  file: string,
  options: DutyOptions,
  context: VerbContext,
): Promise<void> {
  await changeRegisters("end-contract", file, options, context, async (given, { register }, keeper) => {
    const { sellerId, toolId } = given as Pick<Contract, "sellerId" | "toolId">;
    const ended = await register.endContract(sellerId, toolId, keeper);
    if (ended === null) throw inputInvalid("There is no such contract; garim duties contracts lists them");
    await writeDocument(context.terminal, ended, options, () => [
      `ended: contract of ${sellerId} and ${toolId}`,
    ]);
  });
}

function judge<T extends FiledAgreement | FiledContract>(filed: T, now: number, policy: Policy): Judged<T> {
  const decided = decideContract(filed, now, policy);
  return { ...filed, reason: decided.kind === "refuse" ? decided.reason : null };
}

function agreementColumns(language: Language): readonly Column<Judged<FiledAgreement>>[] {
  return [
    { heading: { ko: "셀러툴", en: "tool" }, cell: ({ toolId }) => toolId },
    { heading: { ko: "판", en: "version" }, cell: ({ version }) => version },
    ...paperColumns<FiledAgreement>(language),
  ];
}

function contractColumns(language: Language): readonly Column<Judged<FiledContract>>[] {
  return [
    { heading: { ko: "판매자", en: "seller" }, cell: ({ sellerId }) => sellerId },
    { heading: { ko: "셀러툴", en: "tool" }, cell: ({ toolId }) => toolId },
    { heading: { ko: "위탁 업무", en: "tasks" }, cell: ({ tasks }) => tasks.join(", ") },
    {
      heading: { ko: "재위탁", en: "passed on to" },
      cell: ({ subProcessors }) =>
        subProcessors.map(({ name, country }) => `${name} (${country})`).join(", "),
    },
    ...paperColumns<FiledContract>(language),
  ];
}

function paperColumns<T extends FiledAgreement | FiledContract>(
  language: Language,
): readonly Column<Judged<T>>[] {
  return [
    { heading: { ko: "문서", en: "document" }, cell: ({ document }) => document },
    { heading: { ko: "체결일시", en: "signed" }, cell: ({ signedAt }) => sayMoment(signedAt) },
    { heading: { ko: "끝", en: "ends" }, cell: ({ endsAt }) => sayMoment(endsAt) },
    { heading: { ko: "막힌 이유", en: "blocked" }, cell: ({ reason }) => sayReason(reason, language) },
  ];
}

function sayReason(reason: string | null, language: Language): string | null {
  return reason === null ? null : REASONS[reason as keyof typeof REASONS].because[language];
}

function sayMoment(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}

function compare(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
