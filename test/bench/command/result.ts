import { cpus, totalmem } from "node:os";
import type { BenchRow } from "../row.ts";

/** One measured row, as printed and kept. */
export interface Result {
  readonly id: string;
  readonly ratio: number;
  /** The least the ratio has to be; of a cost the most it may be. */
  readonly target: number;
  readonly isCost?: true;
  readonly subject: string;
  readonly against: string;
  readonly unit: string;
  /** The Node that ran it, e.g. `v24.21.0`. */
  readonly node: string;
}

/** A result in the committed file: where and when it was measured. */
export interface KeptResult extends Result {
  readonly machine: string;
  /** UTC day, `2026-11-22`. */
  readonly date: string;
}

export function makeResult({ id, target, subject, against, unit }: BenchRow, ratio: number): Result {
  const bound =
    "atMost" in target ? { target: target.atMost, isCost: true as const } : { target: target.atLeast };
  return {
    id,
    ratio: Math.round(ratio * 100) / 100,
    ...bound,
    subject,
    against,
    unit,
    node: process.version,
  };
}

/** Puts new results in the place of older ones of the same id; the others stay. Sorted by id. */
export function mergeResults(
  kept: readonly KeptResult[],
  news: readonly KeptResult[],
): readonly KeptResult[] {
  const byId = new Map([...kept, ...news].map((result) => [result.id, result]));
  return [...byId.values()].sort((one, other) => (one.id < other.id ? -1 : 1));
}

/** Notes where and when: a ratio travels between machines better than a time, but not freely. */
export function noteOrigin(result: Result): KeptResult {
  return { ...result, machine: describeMachine(), date: new Date().toISOString().slice(0, 10) };
}

export function describeMachine(): string {
  const [first] = cpus();
  const memory = Math.round(totalmem() / 2 ** 30);
  return `${first?.model.trim() ?? "unknown"}, ${cpus().length} cores, ${memory} GiB, ${process.platform} ${process.arch}`;
}

/** Whether a ratio reaches its target, the bound itself included. */
export function isReached({ ratio, target, isCost }: Pick<Result, "ratio" | "target" | "isCost">): boolean {
  return isCost === true ? ratio <= target : ratio >= target;
}
