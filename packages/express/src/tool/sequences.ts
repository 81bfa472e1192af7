import { remember } from "./remember.ts";

/** Finds who asks for one order after the other by number. */
export interface Sequences {
  /**
   * Takes note of what was asked for.
   *
   * @param names - what the path names, e.g. order numbers
   * @returns the last name of a run of {@link RUN} numbers in a row; undefined otherwise
   */
  note(toolId: string, names: readonly unknown[]): string | undefined;
}

/** Nobody's day's work goes through numbers in a row one by one: lists do. */
export const RUN = 20;
/** Several nodes, and numbers of other sellers in between, leave gaps. */
const FURTHEST = 8n;
const MOST_TOOLS = 10_000;
const NUMBER = /\d{1,30}$/;

interface Run {
  readonly last: bigint;
  readonly isUp: boolean;
  readonly length: number;
}

export function createSequences(): Sequences {
  const runs = new Map<string, Run>();
  return {
    note(toolId, names) {
      const name = names.findLast((one): one is string => typeof one === "string" && NUMBER.test(one));
      if (name === undefined) return undefined;
      const [digits = ""] = NUMBER.exec(name) ?? [];
      const run = goOn(runs.get(toolId), BigInt(digits));
      remember(runs, toolId, run.length < RUN ? run : { ...run, length: 1 }, MOST_TOOLS);
      return run.length < RUN ? undefined : name;
    },
  };
}

/** The same number again, as after a lost answer, neither adds to a run nor ends it. */
function goOn(before: Run | undefined, last: bigint): Run {
  if (before === undefined) return { last, isUp: true, length: 1 };
  const step = last - before.last;
  if (step === 0n) return before;
  const isUp = step > 0n;
  const isNear = (isUp ? step : -step) <= FURTHEST;
  if (!isNear) return { last, isUp, length: 1 };
  return { last, isUp, length: isUp === before.isUp ? before.length + 1 : 2 };
}
