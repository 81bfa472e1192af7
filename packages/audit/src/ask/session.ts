import type { Reason } from "@garim/policy";
import type { AccessAction, Actor, Factor, LogEntry, Origin } from "../access.ts";
import type { DamagedRecord, PageRequest } from "./page.ts";
import { type Narrow, sessions } from "./question.ts";
import type { LogReader } from "./reader.ts";

/** A session from its log-in to its end, as the records tell it. Moments are UTC milliseconds by the clock of who recorded them. */
export interface LoggedSession {
  /** Its public name; `null` where the log-in's record has none. */
  readonly session: string | null;
  readonly actor: Actor;
  readonly openedAt: number;
  /** Place of the log-in's record. */
  readonly seq: number;
  readonly origin: Origin;
  /** What was proved in it, oldest first, each once. */
  readonly factors: readonly Factor[];
  /** `null` where no end is on record: it lives, or ended without anybody noticing. */
  readonly endedAt: number | null;
  readonly ending: AccessAction | null;
  readonly reason: Reason | null;
}

export interface SessionPage {
  readonly sessions: readonly LoggedSession[];
  readonly damaged: readonly DamagedRecord[];
  readonly next: number | null;
}

const ENDS: readonly AccessAction[] = ["log-out", "session-end"];
const STEPS: readonly AccessAction[] = ["step-up", "enrol-factor", ...ENDS];
/** Records of one session that are looked at; it lasts a day at most. */
const MOST = 1_000;

/** Somebody's sessions, newest first, each with its end, factors and place. Throws as `find` does. */
export async function readSessions(
  reader: LogReader,
  actor: string,
  narrow: Narrow = {},
  page?: PageRequest,
): Promise<SessionPage> {
  const opened = await reader.find(sessions(actor, narrow).filter, page);
  const damaged: DamagedRecord[] = [...opened.damaged];
  const found: LoggedSession[] = [];
  for (const logIn of opened.entries) {
    const steps = await readSteps(reader, logIn, actor);
    damaged.push(...steps.damaged);
    found.push(sessionOf(logIn, steps.entries));
  }
  return { sessions: found, damaged, next: opened.next };
}

async function readSteps(
  reader: LogReader,
  { access }: LogEntry,
  actor: string,
): Promise<{ readonly entries: readonly LogEntry[]; readonly damaged: readonly DamagedRecord[] }> {
  if (access.session === null) return { entries: [], damaged: [] };
  const filter = { session: access.session, actor, actions: STEPS, outcome: "done" } as const;
  const { entries, damaged } = await reader.find(filter, { limit: MOST });
  return { entries: [...entries].reverse(), damaged };
}

function sessionOf({ seq, access }: LogEntry, steps: readonly LogEntry[]): LoggedSession {
  const end = steps.find((step) => ENDS.includes(step.access.action))?.access;
  return {
    session: access.session,
    actor: access.actor,
    openedAt: access.at,
    seq,
    origin: access.origin,
    factors: factorsOf([access, ...steps.map((step) => step.access)].map(({ factor }) => factor)),
    endedAt: end?.at ?? null,
    ending: end?.action ?? null,
    reason: end?.reason ?? null,
  };
}

/** Each record repeats the factor that was proved last. */
function factorsOf(said: readonly (Factor | null)[]): readonly Factor[] {
  const factors = said.filter((factor) => factor !== null);
  return [...new Map(factors.map((factor) => [`${factor.at} ${factor.method}`, factor])).values()];
}
