import {
  type DraftFacts,
  draftNotice,
  draftReport,
  type FoundScope,
  findBreachScope,
  listScopeDuties,
  type ScopeDuty,
  type ScopeProgress,
} from "@garim/audit";
import type { Leaks } from "@garim/duties";
import { type OpenDesk, withDesk } from "../ask/with-desk.ts";
import { openRegisters } from "../duties/registers.ts";
import { writeDocument } from "../output/document.ts";
import { findLanguage } from "../output/language.ts";
import { refuseFolder, writeNewFolder } from "../output/new-folder.ts";
import type { Terminal } from "../terminal.ts";
import type { VerbContext } from "../verb/context.ts";
import type { ScopeCommandOptions } from "./command.ts";
import { filterOf, leakSaidOf, readContents, saidFactsOf } from "./facts.ts";
import { printScope } from "./print.ts";

/** How often it is told what is known so far. */
const TOLD_MS = 5_000;

/** Runs `garim scope`; damaged records end it with 3. */
export async function runScope(options: ScopeCommandOptions, context: VerbContext): Promise<void> {
  const { terminal, end } = context;
  const filter = filterOf(options);
  const said = saidFactsOf(options);
  const contents = await readContents(options.contents);
  const leak = leakSaidOf(options, said);
  refuseFolder("--draft", options.draft);
  await withDesk("scope", options, context, async (open) => {
    const { desk, policy } = open;
    // A leak that could not be opened is told before the log is read.
    const breachDesk = leak === undefined ? undefined : await openLeaks(open, terminal);
    const onProgress = tellProgress(terminal, options.progress === true);
    const found = await findBreachScope(desk, filter, { onProgress });
    const { scope, file, record } = found;
    const duties = said && listScopeDuties(scope, said, terminal.now(), policy);
    const opened = leak && (await breachDesk?.openFound(found, leak, open.asker));
    const shown = { ...scope, duties: duties ?? null, file, record, leak: opened?.id ?? null };
    await writeDocument(terminal, shown, options, () =>
      printScope(scope, duties, findLanguage(options.lang, terminal)),
    );
    if (options.draft !== undefined && duties !== undefined)
      await writeDrafts(options.draft, found, draftFactsOf(options, found, duties, contents), terminal);
    if (opened !== undefined) terminal.say(`leak ${opened.id} is on file; garim duties leak shows it`);
    terminal.say(`this answer is on record as ${record.id}, its JSON with SHA-256 ${file.sha256}`);
    if (scope.damaged.count === 0) return;
    terminal.say(`DAMAGED: ${scope.damaged.count} records cannot be relied on; run garim verify`);
    end(3);
  });
}

async function openLeaks({ connection, policy, log }: OpenDesk, terminal: Terminal): Promise<Leaks> {
  const { leaks } = await openRegisters({ connection, policy, clock: terminal.now, log });
  return leaks;
}

function draftFactsOf(
  { company, possible }: ScopeCommandOptions,
  { scope }: FoundScope,
  duties: readonly ScopeDuty[],
  contents: NonNullable<DraftFacts["contents"]>,
): DraftFacts {
  return {
    scope,
    duties,
    contents,
    isPossibleOnly: possible === true,
    ...(company === undefined ? {} : { company }),
  };
}

async function writeDrafts(
  folder: string,
  { text }: FoundScope,
  facts: DraftFacts,
  terminal: Terminal,
): Promise<void> {
  const drafts = (["ko", "en"] as const).flatMap((language) => [
    [`notice.${language}.txt`, draftNotice(facts, language)] as const,
    [`report.${language}.txt`, draftReport(facts, language)] as const,
  ]);
  const files = drafts.map(([name, draft]) => [name, draft.text] as const);
  await writeNewFolder("--draft", folder, new Map([...files, ["scope.json", text] as const]));
  const [first] = drafts;
  const missing = first?.[1].missing ?? [];
  const soft = [...new Set(drafts.flatMap(([, draft]) => draft.softWords))];
  terminal.say(
    missing.length === 0
      ? `drafts are in ${folder}`
      : `drafts are in ${folder}; they are partial, somebody must still write: ${missing.join(", ")}`,
  );
  if (soft.length > 0)
    terminal.say(`a notice says 유출 (leak) and plays nothing down; replace: ${soft.join(", ")}`);
}

/** What is known comes first, the rest as it is read. */
function tellProgress(terminal: Terminal, isAsked: boolean): (progress: ScopeProgress) => void {
  if (!terminal.isTty.err && !isAsked) return () => undefined;
  let toldAt = terminal.now();
  return ({ read, answers, subjects }) => {
    if (terminal.now() - toldAt < TOLD_MS) return;
    toldAt = terminal.now();
    terminal.say(`so far: ${read} records read, ${answers} answers, ${subjects} pseudonyms`);
  };
}
