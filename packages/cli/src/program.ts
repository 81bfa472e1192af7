import { isGarimError } from "@garim/policy";
import { Command, CommanderError } from "commander";
import {
  byActorCommand,
  byToolCommand,
  deniedCommand,
  downloadsCommand,
  rightsHistoryCommand,
  sessionsCommand,
  whoSawCommand,
} from "./ask/commands.ts";
import { refuseSecrets } from "./connect/secret-argument.ts";
import { doctorCommand } from "./doctor/command.ts";
import { dutiesCommand } from "./duties/command.ts";
import { evidenceCommand } from "./evidence/command.ts";
import { explainCommand } from "./explain/command.ts";
import { inferCommand } from "./infer-command.ts";
import { keysCommand } from "./keys/command.ts";
import { migrateCommand } from "./migrate/command.ts";
import { observeCommand } from "./observe/command.ts";
import { proveCommand } from "./prove/command.ts";
import { holdCommand, retentionCommand } from "./retention/command.ts";
import { reviewCommand } from "./review/command.ts";
import { scopeCommand } from "./scope/command.ts";
import type { Terminal } from "./terminal.ts";
import type { VerbContext } from "./verb/context.ts";
import { describeExitCodes, type ExitCode } from "./verb/exit-code.ts";
import { verifyCommand } from "./verify/command.ts";

/** Every verb. One that needs a library loads it when it runs, so that `garim --help` stays quick. */
const VERBS: readonly ((context: VerbContext) => Command)[] = [
  doctorCommand,
  explainCommand,
  inferCommand,
  keysCommand,
  migrateCommand,
  proveCommand,
  whoSawCommand,
  byActorCommand,
  byToolCommand,
  downloadsCommand,
  deniedCommand,
  sessionsCommand,
  rightsHistoryCommand,
  reviewCommand,
  evidenceCommand,
  observeCommand,
  dutiesCommand,
  scopeCommand,
  verifyCommand,
  retentionCommand,
  holdCommand,
];

/** Runs the command `garim`. What is wrong with input, options or connection is one line, and ends with 2. */
export async function runProgram(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  let ending: ExitCode = 0;
  const end = (code: ExitCode): void => {
    ending = code;
  };
  try {
    refuseSecrets(args);
    const asked = args.length === 0 ? ["--help"] : args;
    await makeProgram({ terminal, end }).parseAsync(asked, { from: "user" });
    return ending;
  } catch (thrown) {
    if (thrown instanceof CommanderError) return thrown.exitCode === 0 ? 0 : 2;
    if (!isGarimError(thrown)) throw thrown;
    terminal.say(`${oneLine(thrown.message)} [${thrown.code}]`);
    // A record that cannot be read is what an examination is there to find.
    return thrown.code === "ERR_GARIM_RECORD_INVALID" ? 3 : 2;
  }
}

function makeProgram(context: VerbContext): Command {
  const program = new Command("garim")
    .description("Operates Garim: its database, keys and access log.")
    .addHelpText("after", `\nEach verb has its own help: garim doctor --help\n\n${describeExitCodes()}`);
  for (const verb of VERBS) program.addCommand(verb(context));
  return settle(program, context.terminal);
}

/** Commander throws instead of ending the process, and writes to our terminal; verbs within verbs too. */
function settle(command: Command, terminal: Terminal): Command {
  command.exitOverride();
  command.configureOutput({
    writeOut: (text) => void terminal.write(text),
    writeErr: (text) => terminal.say(oneLine(text)),
  });
  for (const inner of command.commands) settle(inner, terminal);
  return command;
}

/** `error: unknown command 'infr'` and its hint, on one line. */
function oneLine(text: string): string {
  return text
    .trim()
    .replace(/^error: /, "")
    .replace(/\s*\n\s*/g, " ");
}
