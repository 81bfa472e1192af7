import { thingOf } from "@garim/auth";
import { DAY, HOUR, NO_KINDS } from "@garim/policy";
import type { JudgedRecord } from "./judge-answer.ts";
import type { OffHours } from "./options.ts";
import { remember } from "./remember.ts";

/** Finds tools that read many buyers' data when nobody is at work. */
export interface OffHoursReading {
  /**
   * Takes note of what is about to be answered.
   *
   * @param now - UTC milliseconds
   * @returns whether the tool just came to the number of data subjects that is spoken of, once a night
   */
  note(toolId: string, records: readonly JudgedRecord[], now: number): boolean;
}

const MOST_TOOLS = 1_000;
/** Korea has had no other offset since 1988. */
const KOREA_MS = 9 * HOUR;

interface Night {
  readonly number: number;
  /** Different data subjects, no more than are spoken of. */
  readonly seen: Set<string>;
}

/** Makes a node's detector. New orders are polled for at night, too: a tool is told of for how many buyers it reads, not for asking. */
export function createOffHours(hours: OffHours | false): OffHoursReading {
  const nights = new Map<string, Night>();
  if (hours === false) return { note: () => false };

  function nightOf(toolId: string, number: number): Night {
    const known = nights.get(toolId);
    if (known?.number === number) return known;
    const night = { number, seen: new Set<string>() };
    remember(nights, toolId, night, MOST_TOOLS);
    return night;
  }

  return {
    note(toolId, records, now) {
      const number = nightNumber(now, hours);
      if (number === undefined) return false;
      const { seen } = nightOf(toolId, number);
      if (seen.size >= hours.subjects) return false;
      for (const record of records) if (seen.size < hours.subjects) addSubject(seen, record);
      return seen.size >= hours.subjects;
    },
  };
}

/** The first subject a record names, the buyer as a rule, where anything of it is shown clear. */
function addSubject(seen: Set<string>, { recorded }: JudgedRecord): void {
  const [subject] = recorded.subjects;
  if (subject === undefined || recorded.disclosure.clear === NO_KINDS) return;
  seen.add(thingOf(`${subject.type}:${subject.id}`));
}

/** Counts nights; `undefined` by day. Hours that begin in the evening are of the night that goes on after midnight. */
function nightNumber(now: number, { from, to }: OffHours): number | undefined {
  const since = now + KOREA_MS - from * HOUR;
  const lengthMs = ((to - from + 24) % 24) * HOUR;
  return since - Math.floor(since / DAY) * DAY < lengthMs ? Math.floor(since / DAY) : undefined;
}
