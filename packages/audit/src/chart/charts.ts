import type { Counted, HourCount, ToolCount } from "./hour-count.ts";
import { KOREA_MS, startOfDay } from "./korea.ts";

/** How many records there were in one step of a chart, by what came of them. */
export interface VolumePoint {
  /** When it begins, UTC milliseconds. */
  readonly at: number;
  readonly disclosed: number;
  readonly refused: number;
  readonly done: number;
}

/** The busiest hour of one step. */
export interface SubjectsPoint {
  /** When the step begins, UTC milliseconds. */
  readonly at: number;
  /** When that hour begins. */
  readonly hour: number;
  /** Data subjects of its records, each counted once a record. */
  readonly subjects: number;
}

/** A stretch of time as long as the one that is asked for. */
export interface PastStretch {
  readonly from: number;
  readonly to: number;
  readonly records: number;
  readonly subjects: number;
}

/** Figures of a stretch of time, for charts. They are a help to look; what is proved stands in the records. */
export interface Charts {
  /** Whole hours, UTC milliseconds: `from` inclusive, `to` exclusive. */
  readonly from: number;
  readonly to: number;
  /** From where on everything is counted: later than `from` where there are more records than are counted for one chart. */
  readonly since: number;
  readonly step: "hour" | "day";
  readonly records: number;
  readonly subjects: number;
  readonly volume: readonly VolumePoint[];
  readonly subjectsPerHour: readonly SubjectsPoint[];
  /** Records by weekday, Monday first, and hour of Korea: 7 rows of 24. */
  readonly week: readonly (readonly number[])[];
  /** The ten that did most, and how many there were. */
  readonly tools: readonly ToolCount[];
  readonly toolCount: number;
  /** The stretches before it, of the same length, the latest first; empty where they were not asked for. */
  readonly past: readonly PastStretch[];
}

/** A stretch of time. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

export const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;
/** Beyond it a chart by the hour is a hedge. */
const MOST_HOURS = 72;
const MOST_TOOLS = 10;
/** With how many stretches before it somebody is compared. */
export const PAST_STRETCHES = 4;

/**
 * Draws up the figures of a stretch of time.
 *
 * @param past - what was counted of the {@link PAST_STRETCHES} stretches before it; left out where nobody wants them
 */
export function chartsOf({ from, to }: Stretch, counted: Counted, past?: Counted): Charts {
  const step = to - from <= MOST_HOURS * HOUR_MS ? "hour" : "day";
  const hours = within({ from, to }, counted.hours);
  return {
    from,
    to,
    since: Math.max(from, counted.since),
    step,
    ...sumOf(hours),
    volume: volumeOf({ from, to }, step, hours),
    subjectsPerHour: subjectsOf({ from, to }, step, hours),
    week: weekOf(hours),
    tools: counted.tools.slice(0, MOST_TOOLS),
    toolCount: counted.tools.length,
    past: past === undefined ? [] : pastOf({ from, to }, past),
  };
}

/** Stretches of the same length that end where the next begins, the latest first; none of which not everything is counted. */
function pastOf({ from, to }: Stretch, { hours, since }: Counted): readonly PastStretch[] {
  const length = to - from;
  return Array.from({ length: PAST_STRETCHES }, (_, i) => ({
    from: from - (i + 1) * length,
    to: from - i * length,
  }))
    .filter((stretch) => stretch.from >= since)
    .map((stretch) => ({ ...stretch, ...sumOf(within(stretch, hours)) }));
}

function within({ from, to }: Stretch, hours: readonly HourCount[]): readonly HourCount[] {
  return hours.filter(({ hour }) => hour >= from && hour < to);
}

function sumOf(hours: readonly HourCount[]): { readonly records: number; readonly subjects: number } {
  return {
    records: hours.reduce((sum, one) => sum + one.records, 0),
    subjects: hours.reduce((sum, one) => sum + one.subjects, 0),
  };
}

/** Every step, those without a record too. */
function stepsOf({ from, to }: Stretch, step: Charts["step"]): readonly number[] {
  const begin = step === "hour" ? from : startOfDay(from);
  const length = step === "hour" ? HOUR_MS : DAY_MS;
  return Array.from({ length: Math.ceil((to - begin) / length) }, (_, i) => begin + i * length);
}

function stepOf(hour: number, step: Charts["step"]): number {
  return step === "hour" ? hour : startOfDay(hour);
}

function volumeOf(
  stretch: Stretch,
  step: Charts["step"],
  hours: readonly HourCount[],
): readonly VolumePoint[] {
  const points = new Map(stepsOf(stretch, step).map((at) => [at, { at, disclosed: 0, refused: 0, done: 0 }]));
  for (const { hour, outcome, records } of hours) {
    const point = points.get(stepOf(hour, step));
    if (point !== undefined) point[outcome] += records;
  }
  return [...points.values()];
}

function subjectsOf(
  stretch: Stretch,
  step: Charts["step"],
  hours: readonly HourCount[],
): readonly SubjectsPoint[] {
  const byHour = new Map<number, number>();
  for (const { hour, subjects } of hours) byHour.set(hour, (byHour.get(hour) ?? 0) + subjects);
  const points = new Map<number, SubjectsPoint>(
    stepsOf(stretch, step).map((at) => [at, { at, hour: at, subjects: 0 }]),
  );
  for (const [hour, subjects] of byHour) {
    const at = stepOf(hour, step);
    if (subjects > (points.get(at)?.subjects ?? Number.POSITIVE_INFINITY))
      points.set(at, { at, hour, subjects });
  }
  return [...points.values()];
}

function weekOf(hours: readonly HourCount[]): readonly (readonly number[])[] {
  const week = Array.from({ length: 7 }, () => Array.from({ length: 24 }, () => 0));
  for (const { hour, records } of hours) {
    const korea = new Date(hour + KOREA_MS);
    const day = week[(korea.getUTCDay() + 6) % 7];
    const at = korea.getUTCHours();
    if (day !== undefined) day[at] = (day[at] ?? 0) + records;
  }
  return week;
}
