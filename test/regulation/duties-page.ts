import { SOURCES } from "@garim/policy";
import { EVIDENCE_RULES } from "../../packages/audit/src/evidence/rules.ts";
import { CASES } from "./cases.ts";
import { REGISTERS, type RegisterRow } from "./registers.ts";
import { RULES, type RuleRow } from "./rows.ts";
import { SHOWN, type ShownBy } from "./shown.ts";

/** The table of duties, in Korean and English: what meets each, and which tests show it. */
export function writeDuties(): string {
  return `# Duties, where they are met, and which tests show it

Written by \`npm test -- test/regulation -u\`; a duty without a test fails there. \`law\`: statute or notice. \`code\`: the markets' own code. \`ours\`: neither gives it.
What decides each stands in [the table of rules](../../test/regulation/RULES.md). Endpoints have their usual mounts. This is no legal advice.

| duty | 의무 | source | met by | endpoints and commands | shown by |
|---|---|---|---|---|---|
${RULES.map(writeRule).join("\n")}

## What a missing entry of each register blocks

| register | 대장 | without an entry, nothing of | shown by |
|---|---|---|---|
${Object.values(REGISTERS).map(writeRegister).join("\n")}

## What went wrong at others

| case | 사례 | what it asks | shown by |
|---|---|---|---|
${CASES.map(({ en, ko, asks, tests }) => `| ${en} | ${ko} | ${asks} | ${tests.map(link).join("; ")} |`).join("\n")}
`;
}

function writeRule({ rule, sources, functions, others = [] }: RuleRow): string {
  const { endpoints = [], commands = [], tests } = SHOWN[rule] ?? { tests: [] };
  const korean = EVIDENCE_RULES.find((one) => one.rule.en === rule)?.rule.ko ?? "";
  const cells = [
    rule,
    korean,
    sources.map((id) => `${id} (${SOURCES[id].basis})`).join(", "),
    [...functions.map((name) => `\`${name}\``), ...others].join(", "),
    [...endpoints, ...commands].map((name) => `\`${name}\``).join(", "),
    tests.map(link).join("; "),
  ];
  return `| ${cells.join(" | ")} |`;
}

function writeRegister({ en, ko, blocks, because, tests }: RegisterRow): string {
  return `| ${en} | ${ko} | ${blocks ?? `Blocks nothing: ${because}`} | ${tests.map(link).join("; ")} |`;
}

function link([path, name]: ShownBy): string {
  return `[${path.split("/").at(-1)?.replace(".test.ts", "")}](../../${path}): ${name}`;
}
