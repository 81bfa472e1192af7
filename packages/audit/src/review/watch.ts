import type { Reason } from "@garim/policy";
import type { AccessAction, Actor, RecordedFile } from "../access.ts";
import type { DamagedRecord } from "../ask/page.ts";

/** Rows of a list, and how many more there are. */
export interface Listed<Row> {
  readonly rows: readonly Row[];
  readonly more: number;
}

/** Where a record stands, and when it was: UTC milliseconds. */
export interface WatchedPlace {
  readonly seq: number;
  readonly at: number;
}

/** Something that was counted of an actor, from its first record on. */
export interface WatchedActor extends WatchedPlace {
  readonly actor: Actor;
  readonly count: number;
}

export interface WatchedVolume {
  readonly actor: Actor;
  /** Records shown in this month. */
  readonly records: number;
  /** Median of those months before in which there were any; `null` where there are none. */
  readonly median: number | null;
}

export interface WatchedDownload extends WatchedPlace {
  readonly actor: Actor;
  readonly records: number;
  /** `null` where none is stated. */
  readonly purpose: string | null;
  /** Why it was refused; `null` where it was not. */
  readonly reason: Reason | null;
  readonly file: RecordedFile | null;
}

/** A file that left, and of which nobody says that it is destroyed. */
export interface WatchedFile extends WatchedPlace {
  readonly actor: Actor;
  /** By when it was to be destroyed, UTC milliseconds. */
  readonly dueAt: number;
}

export interface WatchedNetwork extends WatchedPlace {
  readonly actor: Actor;
  readonly ip: string;
}

export interface WatchedSignal extends WatchedPlace {
  readonly actor: Actor;
  readonly action: AccessAction;
  readonly reason: Reason | null;
}

export interface WatchedRefusal extends WatchedActor {
  readonly action: AccessAction;
  readonly reason: Reason | null;
}

/** A record that chance picked. */
export interface SampledRecord extends WatchedPlace {
  readonly id: string;
  readonly actor: Actor;
  readonly action: AccessAction;
  readonly ip: string;
  readonly route: string;
  readonly purpose: string | null;
  readonly records: number;
}

/** What of a month's records is to be looked at. */
export interface MonthWatch {
  readonly records: number;
  /** Answers that showed data. */
  readonly answers: number;
  /** Those of them whose rules were only observed: the host's own answer left. Left out for none. */
  readonly observed?: number;
  readonly actors: number;
  readonly downloads: Listed<WatchedDownload>;
  readonly withoutPurpose: number;
  /** Files due for destruction before the month's end, of this month and those before it that were looked at. */
  readonly undestroyed: Listed<WatchedFile>;
  /** Answers to people from 22 to 6 o'clock and on Saturdays and Sundays, Korean time; holidays are not known. Tools are left out. */
  readonly offHours: Listed<WatchedActor>;
  readonly volume: Listed<WatchedVolume>;
  /** Different data subjects: of buyers, phones and orders the type with the most. */
  readonly subjects: Listed<WatchedActor>;
  /** Many answers of a single record in a short time. Whether order numbers follow each other no pseudonym tells. */
  readonly rows: Listed<WatchedActor>;
  /** First times of an origin, of those who were there in the months before. */
  readonly networks: Listed<WatchedNetwork>;
  /** What was noticed, and rights that came back after they had been dormant. */
  readonly signals: Listed<WatchedSignal>;
  readonly refused: Listed<WatchedRefusal>;
  /** Changes of rights, factors and policy: how many of each. */
  readonly rights: Listed<{ readonly action: AccessAction; readonly count: number }>;
  /** What auditors asked. */
  readonly auditors: Listed<WatchedActor>;
  /** Answers that could not be recorded, and so were refused. */
  readonly gaps: number;
  readonly damaged: Listed<DamagedRecord>;
  readonly sample: readonly SampledRecord[];
  /** Whether everything was counted: with very many actors or subjects some are left out. */
  readonly isWhole: boolean;
}
