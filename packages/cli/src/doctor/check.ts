import type { Connection } from "../connect/connection.ts";
import { codeOf } from "../connect/fault.ts";

/** How a check ended: `skip` where it does not apply or cannot be made; `seen` says why. */
export type CheckState = "ok" | "warn" | "fail" | "skip";

/** What a check found. */
export interface Judgement {
  readonly state: CheckState;
  /** What was seen. */
  readonly seen: string;
  /** Exactly what to do: for `warn` and `fail`. */
  readonly todo?: string;
}

/** A judgement with the name of its check. */
export interface Finding extends Judgement {
  readonly check: string;
  /** Why it matters. */
  readonly why: string;
}

/** What a check may look at. */
export interface Probe {
  readonly connection: Connection;
  /** Path of the key file, where one is said. */
  readonly keys: string | undefined;
  /** UTC milliseconds of this machine. */
  readonly now: () => number;
}

/** A check: facts are read, then judged by a pure function. */
export interface CheckParts<Facts> {
  readonly name: string;
  readonly why: string;
  /** Whether it asks the database; most do. */
  readonly needsDatabase?: false;
  readonly read: (probe: Probe) => Promise<Facts>;
  readonly judge: (facts: Facts) => Judgement;
}

/** A check, ready to be made. */
export interface Check {
  readonly name: string;
  readonly why: string;
  readonly needsDatabase: boolean;
  readonly make: (probe: Probe) => Promise<Finding>;
}

/** Makes a check of its parts. What the user may not read, or is not there, skips it; any other fault goes on. */
export function defineCheck<Facts>({ name, why, needsDatabase, read, judge }: CheckParts<Facts>): Check {
  return {
    name,
    why,
    needsDatabase: needsDatabase ?? true,
    make: async (probe) => ({ check: name, ...(await judgeRead(probe, read, judge)), why }),
  };
}

async function judgeRead<Facts>(
  probe: Probe,
  read: (probe: Probe) => Promise<Facts>,
  judge: (facts: Facts) => Judgement,
): Promise<Judgement> {
  try {
    return judge(await read(probe));
  } catch (error) {
    const reason = reasonToSkip(codeOf(error));
    if (reason === undefined) throw error;
    return { state: "skip", seen: reason };
  }
}

function reasonToSkip(code: string | undefined): string | undefined {
  if (code === "42501") return "this user may not read it";
  if (code === "42P01" || code === "3F000") return "the tables it looks at are not there";
  return code === "57014" ? "the database did not answer in time" : undefined;
}
