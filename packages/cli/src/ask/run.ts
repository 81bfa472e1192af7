import {
  type AuditorDesk,
  byActor,
  byTool,
  createAccessLog,
  denied,
  downloads,
  type Narrow,
  openKeyFile,
  type PageRequest,
  type PseudonymKeys,
  type Question,
  rightsHistory,
  rowOf,
  sessions,
  whoSaw,
} from "@garim/audit";
import type { Setting } from "../connect/with-connection.ts";
import { withLog } from "../connect/with-log.ts";
import { inputInvalid } from "../input-error.ts";
import { findLanguage } from "../output/language.ts";
import type { VerbContext } from "../verb/context.ts";
import { askerOf } from "./asker.ts";
import { recordColumns, sessionColumns } from "./columns.ts";
import { readCommandMoment } from "./moment.ts";
import type { AskOptions } from "./options.ts";
import { exportCsv, printPage } from "./print.ts";
import { readWhom, type WhomOptions } from "./whom.ts";

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
  await withDesk("sessions", options, context, async (desk) => {
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
  await withDesk(question.verb, options, context, async (desk) => {
    if (options.csv !== undefined) return exportCsv(desk, question, options.csv, language, options, context);
    const page = await desk.ask(question, pageOf(options));
    await printPage({ ...page, rows: page.entries }, recordColumns(language), rowOf, options, context);
  });
}

async function withDesk(
  verb: string,
  options: AskOptions,
  context: VerbContext,
  run: (desk: AuditorDesk) => Promise<void>,
): Promise<void> {
  const asker = askerOf(verb, options.as, context.terminal);
  if (options.csv === undefined && (options.bom === true || options.force === true))
    throw inputInvalid("--bom and --force belong to a CSV file; write --csv FILE");
  // The question is on record before its answer, so the connection must be able to write.
  await withLog(context, options, { mode: "write" }, async (connection, setting) => {
    const log = await createAccessLog({ database: connection, keys: keysOf(setting, context) });
    try {
      await run(log.desk(asker));
    } finally {
      await log.close();
    }
  });
}

function keysOf({ keys }: Setting, { terminal }: VerbContext): PseudonymKeys {
  if (keys === undefined)
    throw inputInvalid(
      "No key file is said; write --keys FILE, set GARIM_KEYS, or name it in garim.config.json",
    );
  return openKeyFile(keys, { isProduction: false, onFault: (error) => terminal.say(error.message) }).subjects;
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
