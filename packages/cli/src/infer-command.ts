import type { Command } from "commander";
import type { Draft, DraftNode } from "./infer/draft.ts";
import { inferFromSamples, inferFromSeen } from "./infer/infer-schema.ts";
import { findAnswer, isOpenApi } from "./infer/openapi/answer.ts";
import { readSchema } from "./infer/openapi/schema.ts";
import { printDraft } from "./infer/print/draft.ts";
import { isRecordName } from "./infer/record/name.ts";
import { type Input, readInput } from "./input.ts";
import { inputInvalid } from "./input-error.ts";
import { writeWhole } from "./output/file.ts";
import type { Terminal } from "./terminal.ts";
import type { VerbContext } from "./verb/context.ts";
import { makeVerb } from "./verb/verb.ts";

interface InferOptions {
  readonly openapi?: true;
  readonly operation?: string;
  readonly name?: string;
  readonly json?: true;
  readonly out?: string;
  readonly force?: true;
}

const NOTES = `
The draft is TypeScript for @garim/express. Every guess has its reason behind it: "sure", or "CHECK" where you must look.
It holds names and counts, never a value of a sample. The more samples, the surer it is: give some hundred records.`;

/** The command `garim infer`. */
export function inferCommand({ terminal }: VerbContext): Command {
  const command = makeVerb({
    name: "infer",
    summary: "draft a schema from an OpenAPI file or sample answers",
    description:
      "Drafts a schema from an OpenAPI 3.0 or 3.1 document, or from sample answers, and marks what it is unsure of.",
    examples: [
      'garim infer openapi.yaml --operation "GET /orders" --out order.ts',
      "garim infer answer-1.json answer-2.json --name orderLine",
      "curl -s https://localhost:3000/orders | garim infer -",
    ],
    notes: NOTES,
  });
  return command
    .argument("<file...>", "OpenAPI (JSON, YAML) or sample answers (JSON, NDJSON); - reads standard input")
    .option("--openapi", "the file is an OpenAPI document, and nothing else")
    .option("--operation <operation>", 'which operation of the OpenAPI document, as "GET /orders"')
    .option("--name <name>", "name of the record, as orderLine")
    .option("--json", "print the draft as data instead of TypeScript")
    .option("--out <file>", "write to a file instead of standard output")
    .option("--force", "let --out replace a file that is there")
    .action((files: readonly string[], options: InferOptions) => infer(files, options, terminal));
}

async function infer(files: readonly string[], options: InferOptions, terminal: Terminal): Promise<void> {
  checkName(options.name);
  const inputs: Input[] = [];
  for (const file of files) inputs.push(await readInput(file, terminal.readStdin));
  const draft = draftFrom(inputs, options);
  const text = options.json === true ? `${JSON.stringify(draft, null, 2)}\n` : printDraft(draft);
  if (options.out === undefined) terminal.write(text);
  else await writeWhole(options.out, text, options.force === true);
  terminal.say(summarize(draft, options.out));
}

function checkName(name: string | undefined): void {
  if (name === undefined || isRecordName(name)) return;
  throw inputInvalid(
    `--name ${JSON.stringify(name)} cannot name a constant; write a word such as --name orderLine`,
  );
}

function draftFrom(inputs: readonly Input[], { openapi, operation, name }: InferOptions): Draft {
  const values = inputs.flatMap((input) => input.values);
  const document = values.find(isOpenApi);
  if (document === undefined) {
    if (openapi !== true && operation === undefined) return inferFromSamples(values, name);
    throw inputInvalid(
      "The file is no OpenAPI document; leave --openapi and --operation out for sample answers",
    );
  }
  if (values.length > 1)
    throw inputInvalid("Give one OpenAPI document alone; sample answers go into another run");
  return inferFromSeen(readSchema(document, findAnswer(document, operation).schema), name);
}

function summarize(draft: Draft, out: string | undefined): string {
  const guesses = draft.records.flatMap(({ shape, rules }) => [
    ...listGuesses(shape),
    rules.seller,
    ...rules.subjects,
    rules.state.paidAt,
    ...rules.state.purposeEndedAt,
  ]);
  const doubts = guesses.filter(({ isSure }) => !isSure).length;
  const where = out === undefined ? "" : ` to ${out}`;
  return `drafted ${draft.records.map(({ name }) => name).join(", ")}${where}: ${guesses.length} guesses, ${doubts} to CHECK`;
}

function listGuesses(node: DraftNode): readonly { readonly isSure: boolean }[] {
  switch (node.node) {
    case "field":
    case "left-out":
      return [node];
    case "shape":
      return node.members.flatMap(({ value }) => listGuesses(value));
    case "list":
      return listGuesses(node.item);
    case "union":
      return node.variants.flatMap(({ shape }) => listGuesses(shape));
    case "record":
      return [];
  }
}
