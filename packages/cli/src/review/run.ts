import {
  openReview,
  type ReviewDesk,
  type ReviewDone,
  type ShownReview,
  writeReviewReport,
} from "@garim/audit";
import { REASONS } from "@garim/policy";
import { withDesk } from "../ask/with-desk.ts";
import { writeDocument } from "../output/document.ts";
import { findLanguage } from "../output/language.ts";
import { refuseFolder, writeNewFolder } from "../output/new-folder.ts";
import { startProgress } from "../output/progress.ts";
import type { VerbContext } from "../verb/context.ts";
import type { FindOptions, FollowOptions, ReportOptions, ReviewCommandOptions } from "./command.ts";
import { printReview } from "./print.ts";

/** Runs `garim review begin`. */
export function runBegin(month: string, options: ReviewCommandOptions, context: VerbContext): Promise<void> {
  return withReview(options, context, async (desk) => {
    const done = await desk.begin(month);
    await writeDone(done, `the review of ${month} has begun`, options, context);
  });
}

/** Runs `garim review show`. */
export function runShow(month: string, options: ReviewCommandOptions, context: VerbContext): Promise<void> {
  return withReview(options, context, async (desk) => {
    const shown = await desk.show(month);
    await writeDocument(context.terminal, documentOf(shown), options, () =>
      printReview(shown, findLanguage(options.lang, context.terminal)),
    );
    judge(shown, context);
  });
}

/** Runs `garim review find`. */
export function runFind(month: string, options: FindOptions, context: VerbContext): Promise<void> {
  const { what, owner, about } = options;
  return withReview(options, context, async (desk) => {
    const done = await desk.find(month, { what, owner, ...(about === undefined ? {} : { about }) });
    await writeDone(done, `finding ${done.record.seq} of ${month}`, options, context);
  });
}

/** Runs `garim review follow`. */
export function runFollow(month: string, options: FollowOptions, context: VerbContext): Promise<void> {
  const { finding, what, closed } = options;
  return withReview(options, context, async (desk) => {
    const record = await desk.follow(month, { finding, what, isClosed: closed === true });
    await writeDocument(context.terminal, { record }, options, () => [
      `finding ${finding} of ${month}: ${closed === true ? "settled" : "followed up"}, on record as ${record.id}`,
    ]);
  });
}

/** Runs `garim review sign`. */
export function runSign(month: string, options: ReviewCommandOptions, context: VerbContext): Promise<void> {
  return withReview(options, context, async (desk) => {
    const done = await desk.sign(month);
    await writeDone(
      done,
      `the review of ${month} is signed, SHA-256 ${done.file?.sha256 ?? ""}`,
      options,
      context,
    );
  });
}

/** Runs `garim review report`. */
export async function runReport(month: string, options: ReportOptions, context: VerbContext): Promise<void> {
  refuseFolder("--out", options.out);
  await withReview(options, context, async (desk) => {
    const shown = await desk.show(month);
    const files = new Map([
      ["report.html", writeReviewReport(shown)],
      ["account.json", shown.text],
      ["review.json", `${JSON.stringify(documentOf(shown), null, 2)}\n`],
    ]);
    await writeNewFolder("--out", options.out, files);
    context.terminal.say(`the report of ${month} is in ${options.out}`);
    judge(shown, context);
  });
}

async function withReview(
  options: ReviewCommandOptions,
  context: VerbContext,
  run: (desk: ReviewDesk) => Promise<void>,
): Promise<void> {
  const { terminal } = context;
  const progress = startProgress(terminal, "records read", 0);
  try {
    await withDesk("review", options, context, async ({ log, asker, connection, policy }) => {
      const onProgress = (read: number): void => progress.tell(read);
      await run(openReview({ log, database: connection, asker, policy, clock: terminal.now, onProgress }));
    });
  } finally {
    progress.finish();
  }
}

/** A refusal is on record, and ends the command with 2: nothing was done. */
async function writeDone(
  { decision, record }: ReviewDone,
  done: string,
  options: ReviewCommandOptions,
  { terminal, end }: VerbContext,
): Promise<void> {
  if (decision.kind === "allow")
    return writeDocument(terminal, { decision, record }, options, () => [
      `${done}; on record as ${record.id}`,
    ]);
  const language = findLanguage(options.lang, terminal);
  const { because, remedy } = REASONS[decision.reason];
  await writeDocument(terminal, { decision, record }, options, () => [
    `${because[language]} ${remedy?.[language] ?? ""} [${decision.reason}]`,
  ]);
  terminal.say(`the refusal is on record as ${record.id}`);
  end(2);
}

function documentOf({ account, state, isAsSigned, file, record }: ShownReview): unknown {
  return { account, state, isAsSigned, file, record };
}

function judge({ account, isAsSigned }: ShownReview, { terminal, end }: VerbContext): void {
  const damaged = account.watch.damaged.rows.length + account.watch.damaged.more;
  if (damaged > 0) terminal.say(`DAMAGED: ${damaged} records cannot be relied on; run garim verify`);
  if (isAsSigned === false)
    terminal.say("DAMAGED: what the log says now is not what was signed; run garim verify");
  if (damaged > 0 || isAsSigned === false) end(3);
}
