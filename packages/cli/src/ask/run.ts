import {
  byActor,
  byTool,
  denied,
  downloads,
  type Narrow,
  type PageRequest,
  type Question,
  rightsHistory,
  rowOf,
  sessions,
  whoSaw,
} from "@garim/audit";
import { inputInvalid } from "../input-error.ts";
import { findLanguage } from "../output/language.ts";
import type { VerbContext } from "../verb/context.ts";
import { recordColumns, sessionColumns } from "./columns.ts";
import { readCommandMoment } from "./moment.ts";
import type { AskOptions } from "./options.ts";
import { exportCsv, printPage } from "./print.ts";
import { readWhom, type WhomOptions } from "./whom.ts";
import { withDesk } from "./with-desk.ts";

/** Runs `garim who-saw`. */
export async function runWhoSaw(
  plain: string | undefined,
  options: AskOptions & WhomOptions,
  context: VerbContext,
): Promise<void> {
  const whom = await readWhom(plain, options, context.terminal);
  await runQuestion((narrow) => whoSaw(whom, narrow), options, context);
}

/** Runs `garim by-actor`. */
export function runByActor(actor: string, options: AskOptions, context: VerbContext): Promise<void> {
  return runQuestion((narrow) => byActor(actor, narrow), options, context);
}

/** Runs `garim by-tool`. */
export function runByTool(tool: string, options: AskOptions, context: VerbContext): Promise<void> {
  return runQuestion((narrow) => byTool(tool, narrow), options, context);
}

/** Runs `garim downloads`; commander says `--no-purpose` as `purpose: false`. */
export function runDownloads(
  options: AskOptions & { readonly purpose: boolean },
  context: VerbContext,
): Promise<void> {
  const ask = (narrow: Narrow): Question => downloads({ withoutPurpose: !options.purpose }, narrow);
  return runQuestion(ask, options, context);
}

/** Runs `garim denied`. */
export function runDenied(options: AskOptions, context: VerbContext): Promise<void> {
  return runQuestion(denied, options, context);
}

/** Runs `garim rights-history`. */
export function runRightsHistory(
  person: string | undefined,
  options: AskOptions,
  context: VerbContext,
): Promise<void> {
  return runQuestion((narrow) => rightsHistory(person, narrow), options, context);
}

/** Runs `garim sessions`. */
export async function runSessions(actor: string, options: AskOptions, context: VerbContext): Promise<void> {
  const narrow = narrowOf(options);
  if (isFile(options)) return runQuestion(() => sessions(actor, narrow), options, context);
  checkFile(options);
  await withDesk("sessions", options, context, async ({ desk }) => {
    const page = await desk.sessions(actor, narrow, pageOf(options));
    const columns = sessionColumns(findLanguage(options.lang, context.terminal));
    await printPage({ ...page, rows: page.sessions }, columns, (row) => row, options, context);
  });
}

async function runQuestion(
  ask: (narrow: Narrow) => Question,
  options: AskOptions,
  context: VerbContext,
): Promise<void> {
  const question = ask(narrowOf(options));
  const language = findLanguage(options.lang, context.terminal);
  checkFile(options);
  await withDesk(question.verb, options, context, async (open) => {
    const { desk } = open;
    const { csv, xlsx, passwordFile } = options;
    if (csv !== undefined) return exportCsv(desk, question, csv, language, options, context);
    if (xlsx !== undefined && passwordFile !== undefined) {
      const { exportWorkbook } = await import("./export-workbook.ts");
      return exportWorkbook(open, { question, path: xlsx, passwordFile, language }, options, context);
    }
    const page = await desk.ask(question, pageOf(options));
    await printPage({ ...page, rows: page.entries }, recordColumns(language), rowOf, options, context);
  });
}

function isFile({ csv, xlsx }: AskOptions): boolean {
  return csv !== undefined || xlsx !== undefined;
}

/** What a file alone takes, or has to have, is refused before anything is opened. */
function checkFile(options: AskOptions): void {
  const { csv, xlsx, passwordFile, bom, force } = options;
  if (csv === undefined && bom === true) throw inputInvalid("--bom belongs to a CSV file; write --csv FILE");
  if (!isFile(options) && force === true)
    throw inputInvalid("--force belongs to a file; write --csv FILE, or --xlsx FILE");
  if (xlsx === undefined && passwordFile !== undefined)
    throw inputInvalid("--password-file belongs to a workbook; write --xlsx FILE");
  if (xlsx !== undefined && passwordFile === undefined)
    throw inputInvalid(
      "A workbook opens with a password; write --password-file FILE, whose first line it is, or - for standard input",
    );
}

function narrowOf({ from, to, seller }: AskOptions): Narrow {
  return {
    ...(from === undefined ? {} : { from: readCommandMoment("--from", from) }),
    ...(to === undefined ? {} : { to: readCommandMoment("--to", to) }),
    ...(seller === undefined ? {} : { seller }),
  };
}

function pageOf({ limit, before }: AskOptions): PageRequest {
  return { ...(limit === undefined ? {} : { limit }), ...(before === undefined ? {} : { before }) };
}
