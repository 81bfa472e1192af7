import { withConnection } from "../connect/with-connection.ts";
import type { VerbContext } from "../verb/context.ts";
import type { DoctorOptions } from "./command.ts";

/** Runs `garim doctor`. */
export async function runDoctor(options: DoctorOptions, context: VerbContext): Promise<void> {
  await withConnection(context, options, { mode: "read", statementMs: 5_000 }, async (connection) => {
    await context.terminal.write(`${connection.name}\n`);
  });
}
