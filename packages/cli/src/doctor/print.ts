import { cleanForTerminal } from "../output/clean.ts";
import { paint, type Tone } from "../output/colour.ts";
import type { Terminal } from "../terminal.ts";
import type { CheckState, Finding } from "./check.ts";

const TONES: Readonly<Record<CheckState, Tone>> = {
  ok: "good",
  warn: "doubtful",
  fail: "bad",
  skip: "quiet",
};

/** The findings as lines for people: what is well in one line, what is not with why and what to do. */
export function printFindings(findings: readonly Finding[], terminal: Terminal): readonly string[] {
  const width = Math.max(...findings.map(({ check }) => check.length));
  return [...findings.flatMap((finding) => printFinding(finding, width, terminal)), "", summarize(findings)];
}

function printFinding(finding: Finding, width: number, terminal: Terminal): readonly string[] {
  const { check, state, seen, why, todo } = finding;
  const line = `${paint(terminal, TONES[state], state.padEnd(4))}  ${check.padEnd(width)}  ${cleanForTerminal(seen)}`;
  if (todo === undefined) return [line];
  const indent = " ".repeat(6);
  return [line, `${indent}why: ${why}`, `${indent}do:  ${cleanForTerminal(todo)}`];
}

/** `12 ok, 1 warn, 0 fail, 1 skip`. */
function summarize(findings: readonly Finding[]): string {
  return Object.entries(countStates(findings))
    .map(([state, count]) => `${count} ${state}`)
    .join(", ");
}

/** How many checks ended in each state. */
export function countStates(findings: readonly Finding[]): Readonly<Record<CheckState, number>> {
  const count = (state: CheckState): number => findings.filter((one) => one.state === state).length;
  return { ok: count("ok"), warn: count("warn"), fail: count("fail"), skip: count("skip") };
}
