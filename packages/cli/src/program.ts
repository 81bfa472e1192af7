import { isGarimError } from "@garim/policy";
import { Command, CommanderError } from "commander";
import { inferCommand } from "./infer-command.ts";
import type { Terminal } from "./terminal.ts";

/** How the command ends: done; a fault of ours; input or options that cannot be used. */
export type ExitCode = 0 | 1 | 2;

const EXAMPLES = `
Exit code: 0 done, 2 input or options that cannot be used, 1 a fault of garim itself. See "garim infer --help".`;

/** Runs the command `garim`. What is wrong with input or options is one line, and ends with 2. */
export async function runProgram(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  try {
    const asked = args.length === 0 ? ["--help"] : args;
    await makeProgram(terminal).parseAsync(asked, { from: "user" });
    return 0;
  } catch (thrown) {
    if (thrown instanceof CommanderError) return thrown.exitCode === 0 ? 0 : 2;
    if (!isGarimError(thrown)) throw thrown;
    terminal.say(`${thrown.message} [${thrown.code}]`);
    return 2;
  }
}

function makeProgram(terminal: Terminal): Command {
  const program = new Command("garim").description("Operates Garim.").addHelpText("after", EXAMPLES);
  program.addCommand(inferCommand(terminal));
  for (const command of [program, ...program.commands]) {
    command.exitOverride();
    command.configureOutput({
      writeOut: terminal.write,
      writeErr: (text) => terminal.say(oneLine(text)),
    });
  }
  return program;
}

/** `error: unknown command 'infr'` and its hint, on one line. */
function oneLine(text: string): string {
  return text
    .trim()
    .replace(/^error: /, "")
    .replaceAll("\n", " ");
}
