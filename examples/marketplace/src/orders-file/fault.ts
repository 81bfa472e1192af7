import { PlainError } from "../plain-error.ts";

/** What is wrong with a file: where, and what to write instead. */
export interface Fault {
  /** Line of the file, from 1; `null` where the whole file is meant. */
  readonly line: number | null;
  readonly field: string | null;
  readonly reason: string;
}

/** As many as somebody reads at once. */
const MOST_SHOWN = 20;

/** The faults as the person at the terminal reads them, one a line. */
export function faultsError(path: string, faults: readonly Fault[]): PlainError {
  const shown = faults.slice(0, MOST_SHOWN).map((fault) => `${path}: ${describeFault(fault)}`);
  const rest = faults.length - shown.length;
  const more = rest > 0 ? [`${path}: and ${rest} more`] : [];
  return new PlainError([...shown, ...more, "Nothing was loaded."].join("\n"));
}

function describeFault({ line, field, reason }: Fault): string {
  const place = [line === null ? "" : `line ${line}`, field === null ? "" : `field ${field}`];
  const where = place.filter((part) => part !== "").join(", ");
  return where === "" ? reason : `${where}: ${reason}`;
}
