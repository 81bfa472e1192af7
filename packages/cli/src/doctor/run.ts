import { withConnection } from "../connect/with-connection.ts";
import { writeDocument } from "../output/document.ts";
import type { VerbContext } from "../verb/context.ts";
import type { DoctorOptions } from "./command.ts";
import { examine } from "./examine.ts";
import { CHECKS } from "./list.ts";
import { countStates, printFindings } from "./print.ts";

const STATEMENT_MS = 5_000;

/** Runs `garim doctor`: a check that failed ends it with 3. */
export async function runDoctor(options: DoctorOptions, context: VerbContext): Promise<void> {
  const { terminal } = context;
  const { now } = terminal;
  await withConnection(
    context,
    options,
    { mode: "read", statementMs: STATEMENT_MS },
    async (connection, setting) => {
      const findings = await examine(CHECKS, { connection, keys: setting.keys, now });
      const summary = countStates(findings);
      const document = { database: connection.name, at: new Date(now()).toISOString(), summary, findings };
      await writeDocument(terminal, document, options, () => printFindings(findings, terminal));
      if (summary.fail > 0) context.end(3);
    },
  );
}
