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
  if (options.csv !== undefined) return runQuestion(() => sessions(actor, narrow), options, context);
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
  await withDesk(question.verb, options, context, async ({ desk }) => {
    if (options.csv !== undefined) return exportCsv(desk, question, options.csv, language, options, context);
    const page = await desk.ask(question, pageOf(options));
    await printPage({ ...page, rows: page.entries }, recordColumns(language), rowOf, options, context);
  });
}

/** What a CSV file alone takes is refused before anything is opened. */
function checkFile({ csv, bom, force }: AskOptions): void {
  if (csv === undefined && (bom === true || force === true))
    throw inputInvalid("--bom and --force belong to a CSV file; write --csv FILE");
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
