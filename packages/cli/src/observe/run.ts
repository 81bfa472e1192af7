import { describeImpact, reportObserved } from "@garim/audit";
import { readCommandMoment } from "../ask/moment.ts";
import { withDesk } from "../ask/with-desk.ts";
import { writeDocument } from "../output/document.ts";
import { findLanguage } from "../output/language.ts";
import { startProgress } from "../output/progress.ts";
import type { VerbContext } from "../verb/context.ts";
import type { ObserveReportCommandOptions } from "./command.ts";

/** Runs `garim observe report`: a record that cannot be read ends it with 3. */
export async function runObserveReport(
  options: ObserveReportCommandOptions,
  context: VerbContext,
): Promise<void> {
  const { terminal, end } = context;
  const from = readCommandMoment("--from", options.from);
  const to = readCommandMoment("--to", options.to);
  const { seller } = options;
  const progress = startProgress(terminal, "records read", 0);
  try {
    await withDesk(
      "observe report",
      options,
      context,
      async ({ desk }) => {
        const onProgress = (read: number): void => progress.tell(read);
        const narrow = { from, to, ...(seller === undefined ? {} : { seller }) };
        const { report, file, record } = await reportObserved(desk, { ...narrow, onProgress });
        progress.finish();
        await writeDocument(terminal, { ...report, file, record }, options, () =>
          describeImpact(report, findLanguage(options.lang, terminal)).trimEnd().split("\n"),
        );
        terminal.say(`this question is on record as ${record.id}`);
        if (report.damaged.length > 0) end(3);
      },
      0,
    );
  } finally {
    progress.finish();
  }
}
