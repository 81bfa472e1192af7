import type { DraftRead, DraftRules, DraftState, DraftSubject } from "../draft.ts";
import { printMark, printPath } from "./printed.ts";

/** Prints the rules of a record, as lines of the third argument of `schema`. */
export function printRules({ seller, subjects, state }: DraftRules): readonly string[] {
  return [
    `  seller: (o) => ${printSeller(seller)}, ${mark(seller)}`,
    "  subjects: (o) => [",
    ...subjects.map((subject) => `    ${printSubject(subject)}, ${mark(subject)}`),
    "  ],",
    "  state: (o) => ({",
    ...printState(state).map((line) => `    ${line}`),
    "  }),",
  ];
}

/** Where nothing was found, a usual name stands: no record has it, so no seller sees any until it is put right. */
function printSeller({ path = ["sellerId"], isNumber }: DraftRead): string {
  return isNumber ? `String(${printPath(path)})` : printPath(path);
}

function printSubject({ type, path = ["buyerId"], isNumber, isOptional }: DraftSubject): string {
  const read = printPath(path);
  const subject = `subject.${type}(${isNumber ? `String(${read})` : read})`;
  return isOptional ? `...(${read} ? [${subject}] : [])` : subject;
}

function printState({ paidAt, deliveredAt, purposeEndedAt }: DraftState): readonly string[] {
  const ends = purposeEndedAt.map(({ path }) => (path === undefined ? "Number.NaN" : printPath(path)));
  const isSure = purposeEndedAt.every((end) => end.isSure);
  const why = purposeEndedAt.map((end) => end.why).join("; ");
  return [
    `paidAt: ${paidAt.path === undefined ? "null" : printPath(paidAt.path)}, ${mark(paidAt)}`,
    ...(deliveredAt?.path === undefined
      ? []
      : [`deliveredAt: ${printPath(deliveredAt.path)}, ${mark(deliveredAt)}`]),
    `purposeEndedAt: ${ends.join(" ?? ")}, ${printMark(isSure, why)}`,
  ];
}

function mark({ isSure, why }: DraftRead): string {
  return printMark(isSure, why);
}
