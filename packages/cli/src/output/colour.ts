import { styleText } from "node:util";
import type { Terminal } from "../terminal.ts";

/** What a colour says; never the only thing that says it. */
export type Tone = "good" | "doubtful" | "bad" | "quiet" | "loud";

const STYLES = { good: "green", doubtful: "yellow", bad: "red", quiet: "dim", loud: "bold" } as const;

/** Colours a text where a person reads the result in a terminal that wants colours (`NO_COLOR` does not). */
export function paint({ isTty, env }: Terminal, tone: Tone, text: string): string {
  const wanted = isTty.out && (env["NO_COLOR"] ?? "") === "" && env["TERM"] !== "dumb";
  // Whether colours are wanted has been asked of our terminal; Node would ask the process's.
  return wanted ? styleText(STYLES[tone], text, { validateStream: false }) : text;
}
