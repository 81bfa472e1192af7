import type { Draft, DraftMember, DraftRecord, DraftShape, DraftUnion, DraftValue } from "../draft.ts";
import { printKey, printMark, printText } from "./printed.ts";
import { printRules } from "./rules.ts";

const HEAD = `// Drafted by \`garim infer\`. What no line declares is never written.
// sure: the name or the values say so. CHECK: look at it; the more protective reading stands. Then delete the marks.`;

/** Prints a draft as a TypeScript module that imports from `@garim/express`. It holds names and counts, never a sample's value. */
export function printDraft({ records, answer }: Draft): string {
  const body = [
    ...records.map(printRecord),
    `export const answer: AnswerShape = ${printAnswer(answer)};`,
  ].join("\n\n");
  return `${HEAD}\n${printImports(body)}\n\n${body}\n`;
}

function printImports(body: string): string {
  const used = ["open", "pii", "schema", "subject", "union"].filter((name) =>
    new RegExp(`\\b${name}[(.]`).test(body),
  );
  return `import { type AnswerShape, type RecordSchema, ${used.join(", ")} } from "@garim/express";`;
}

function printRecord({ name, shape, rules }: DraftRecord): string {
  return [
    `export const ${name}: RecordSchema = schema(`,
    ...[`${printText(name)},`, ...printShape(shape, ","), "{", ...printRules(rules), "},"].map(indent),
    ");",
  ].join("\n");
}

function printAnswer(answer: DraftValue): string {
  return printValue(answer, "").join("\n");
}

function printShape({ members }: DraftShape, end: string): readonly string[] {
  return ["{", ...members.flatMap(printMember).map(indent), `}${end}`];
}

function printMember({ name, value, isOptional }: DraftMember): readonly string[] {
  const key = printKey(name);
  if (value.node === "left-out") return [printMark(false, `${key} is left out: ${value.why}`)];
  return label(key, printValue(value, ",", isOptional ? "; not in every object" : ""));
}

/** The lines of a value. `end` closes it, and its reason stands behind that: nothing may follow a comment. */
function printValue(value: DraftValue, end: string, note = ""): readonly string[] {
  switch (value.node) {
    case "field": {
      const call = value.declared === "open" ? "open()" : `pii.${value.declared}()`;
      return [`${call}${end} ${printMark(value.isSure, value.why + note)}`];
    }
    case "record":
      return [`${value.name}${end}`];
    case "shape":
      return printShape(value, end);
    case "list":
      return prefix("[", printValue(value.item, `]${end}`, note));
    case "union":
      return printUnion(value, end);
  }
}

function printUnion({ discriminator, variants }: DraftUnion, end: string): readonly string[] {
  const printed = variants.flatMap(({ tag, shape }) => label(printKey(tag), printShape(shape, ",")));
  return [`union(${printText(discriminator)}, {`, ...printed.map(indent), `})${end}`];
}

function label(key: string, lines: readonly string[]): readonly string[] {
  return prefix(`${key}: `, lines);
}

function prefix(text: string, [first = "", ...rest]: readonly string[]): readonly string[] {
  return [text + first, ...rest];
}

function indent(line: string): string {
  return `  ${line}`;
}
