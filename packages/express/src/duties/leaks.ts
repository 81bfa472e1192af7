import type { LeakChange, LeakInput, LeakStatus } from "@garim/duties";
import { type BreachStep, LEAK_CHECKS, type Refuse } from "@garim/policy";
import type { RequestHandler } from "express";
import { jsonAnswer, sendAnswer } from "../answer/answer.ts";
import { membersOf } from "../privacy/input.ts";
import { refuseInput, type WorkerPassage } from "../privacy/worker.ts";
import type { Settings } from "../start/settings.ts";
import { type DutyPlace, type DutyPurpose, dutyEndpoint } from "./endpoint.ts";
import type { DutyGround } from "./ground.ts";
import { pageOf } from "./page.ts";
import { refuseNarrow } from "./whole-market.ts";

const READ: DutyPurpose = { action: "change-breach", who: ["operator", "auditor"], isChange: false };
const WRITE: DutyPurpose = { ...READ, isChange: true };

/** `GET /leaks`: newest first, each with its clocks and what is unchecked, without the texts of its notices. */
export function listLeaks(ground: DutyGround, settings: Settings): RequestHandler {
  return dutyEndpoint(READ, ground, settings, async ({ req, res }, { identity }) => {
    const narrow = refuseNarrow(identity, settings);
    if (narrow !== undefined) return narrow;
    const { entries, next } = pageOf(ground.desk.leaks.list(settings.clock()), req, ({ openedAt, id }) => [
      -openedAt,
      id,
    ]);
    const leaks = entries.map(({ contents: _, notices, ...leak }) => ({ ...leak, notices: notices.length }));
    sendAnswer(res, jsonAnswer(200, { leaks, next }));
    return undefined;
  });
}

/** `GET /leaks/:id`: everything about it, with its check list in Korean and English. */
export function tellLeak(ground: DutyGround, settings: Settings): RequestHandler {
  return leakEndpoint(READ, ground, settings, async (id) => ground.desk.leaks.find(id, settings.clock()));
}

/** `POST /leaks`: puts a leak on file: `{ title, kind, knownAt, facts, scope }`. */
export function openLeak(ground: DutyGround, settings: Settings): RequestHandler {
  return leakEndpoint(
    { ...WRITE, action: "open-breach" },
    ground,
    settings,
    (_, given, { keeper }) => ground.desk.leaks.open(given as unknown as LeakInput, keeper),
    201,
  );
}

/** `PATCH /leaks/:id`: `{ facts, scope, contents }`, as far as they became known. */
export function changeLeak(ground: DutyGround, settings: Settings): RequestHandler {
  return leakEndpoint(WRITE, ground, settings, (id, given, { keeper }) =>
    ground.desk.leaks.change(id, given as LeakChange, keeper),
  );
}

/** `POST /leaks/:id/steps`: `{ step, at }`: done, which stops its clock; `at` is now if left out. */
export function finishStep(ground: DutyGround, settings: Settings): RequestHandler {
  return leakEndpoint(WRITE, ground, settings, (id, { step, at }, { keeper }) =>
    ground.desk.leaks.finish(id, step as BreachStep, at as number | undefined, keeper),
  );
}

/** `POST /leaks/:id/checks`: `{ check, note }` */
export function checkLeak(ground: DutyGround, settings: Settings): RequestHandler {
  return leakEndpoint(WRITE, ground, settings, (id, { check, note }, { keeper }) =>
    ground.desk.leaks.check(id, check as string, note as string, keeper),
  );
}

/** `POST /leaks/:id/notices`: writes the next notice of what is known. */
export function writeLeakNotice(ground: DutyGround, settings: Settings): RequestHandler {
  return leakEndpoint({ ...WRITE, action: "write-notice" }, ground, settings, (id, given, { keeper }) => {
    const { company = ground.options.company } = given;
    return ground.desk.leaks.write(id, company as string, keeper);
  });
}

/** `POST /leaks/:id/notices/:no/sending`: `{ after, limit }`: tells one page of those concerned. */
export function sendLeakNotice(ground: DutyGround, settings: Settings): RequestHandler {
  const purpose = { ...WRITE, action: "send-notice" } as const;
  return dutyEndpoint(purpose, ground, settings, async (passage, { identity, keeper }) => {
    const narrow = refuseNarrow(identity, settings);
    if (narrow !== undefined) return narrow;
    const { id, no } = passage.req.params;
    const page = membersOf(passage.req) as { readonly after?: string; readonly limit?: number };
    const sent = await ground.desk.leaks.send(String(id), Number(no), page, keeper);
    if (sent === null) return refuseInput(passage, "leak-unknown");
    sendAnswer(passage.res, jsonAnswer(200, sent));
    return undefined;
  });
}

/** `POST /leaks/:id/post`: `{ notice }`: posts a notice on the site. */
export function postLeak(ground: DutyGround, settings: Settings): RequestHandler {
  return leakEndpoint({ ...WRITE, action: "post-notice" }, ground, settings, (id, { notice }, { keeper }) =>
    ground.desk.leaks.post(id, notice as number, keeper),
  );
}

/** `DELETE /leaks/:id/post`: takes it down, once its time is over. */
export function takeLeakDown(ground: DutyGround, settings: Settings): RequestHandler {
  return leakEndpoint({ ...WRITE, action: "post-notice" }, ground, settings, (id, _, { keeper }) =>
    ground.desk.leaks.takeDown(id, keeper),
  );
}

/** `POST /leaks/:id/closing`: `{ note }` */
export function closeLeak(ground: DutyGround, settings: Settings): RequestHandler {
  return leakEndpoint({ ...WRITE, action: "close-breach" }, ground, settings, (id, { note }, { keeper }) =>
    ground.desk.leaks.close(id, note as string, keeper),
  );
}

type Serve = (
  id: string,
  given: Readonly<Record<string, unknown>>,
  place: DutyPlace & { readonly passage: WorkerPassage },
) => Promise<LeakDone | Refuse | null>;

interface LeakDone {
  readonly id: string;
  /** What the answer says besides the leak. */
  readonly told?: object;
}

/** An endpoint of one leak, which answers with the leak as it is then. */
export function leakEndpoint(
  purpose: DutyPurpose,
  ground: DutyGround,
  settings: Settings,
  serve: Serve,
  status: 200 | 201 = 200,
): RequestHandler {
  return dutyEndpoint(purpose, ground, settings, async (passage: WorkerPassage, place) => {
    const narrow = refuseNarrow(place.identity, settings);
    if (narrow !== undefined) return narrow;
    const { req, res } = passage;
    const given = purpose.isChange ? (membersOf(req) as Readonly<Record<string, unknown>>) : {};
    const done = await serve(String(req.params["id"]), given, { ...place, passage });
    if (done !== null && !("id" in done)) return done;
    const leak = done === null ? null : ground.desk.leaks.find(done.id, settings.clock());
    if (leak === null) return refuseInput(passage, "leak-unknown");
    sendAnswer(res, jsonAnswer(status, { ...viewLeak(leak), ...done?.told }));
    return undefined;
  });
}

function viewLeak({ unchecked: _, ...leak }: LeakStatus): object {
  const checklist = LEAK_CHECKS[leak.kind].map(({ id, words }) => ({
    id,
    words,
    done: leak.checks[id] ?? null,
  }));
  return { ...leak, checklist };
}
