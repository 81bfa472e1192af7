import { Buffer } from "node:buffer";
import { runProgram } from "../src/program.ts";
import type { Terminal } from "../src/terminal.ts";

/** How a run of the command ended, and what it wrote. */
export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly said: readonly string[];
  readonly drawn: string;
}

/** A terminal that keeps what is written to it. */
export interface KeptTerminal extends Terminal {
  /** What was written until now. */
  kept(): Omit<Ran, "code">;
}

/** A terminal nobody sits at, with an empty environment and standard input, unless said otherwise. */
export function keepTerminal(more: Partial<Terminal> = {}): KeptTerminal {
  let out = "";
  let drawn = "";
  const said: string[] = [];
  return {
    readStdin: () => Promise.resolve(Buffer.from("")),
    write: (text) => {
      out += text;
    },
    say: (line) => {
      said.push(line);
    },
    draw: (text) => {
      drawn += text;
    },
    env: {},
    isTty: { out: false, err: false },
    now: Date.now,
    ...more,
    kept: () => ({ out, said, drawn }),
  };
}

/** Runs the command as its user would. */
export async function runGarim(args: readonly string[], more: Partial<Terminal> = {}): Promise<Ran> {
  const terminal = keepTerminal(more);
  const code = await runProgram(args, terminal);
  return { code, ...terminal.kept() };
}
