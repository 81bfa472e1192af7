import { type Subject, subject } from "@garim/policy";
import fc from "fast-check";
import {
  ACCESS_ACTIONS,
  ACTOR_KINDS,
  type Access,
  type AccessAction,
  type AccessLog,
  type ActorKind,
  type LogDatabase,
  type LogEntry,
  type LogFilter,
  type PseudonymKeys,
} from "../src/index.ts";
import { makePseudonym } from "../src/pseudonym.ts";
import { NOW, sampleOrder, samplePage } from "./sample.ts";

const SELLERS: readonly (string | null)[] = [null, "S1", "S2", "S3"];
const PEOPLE: readonly string[] = ["anna", "ben", "chul", "dasom", "'; drop schema garim; --"];
const IPS: readonly string[] = ["203.0.113.7", "203.0.113.8", "2001:db8::1"];
const PURPOSES: readonly (string | null)[] = [null, "", " ", "\u3000\t", "fulfilment", "클레임 처리"];
const SESSIONS: readonly string[] = ["s-1", "s-2", "s-3", "s-4", "s-5", "s-6"];
const KEYS_OF_TOOLS: readonly string[] = ["key-1", "key-2"];
const SUBJECTS: readonly Subject[] = [
  ...Array.from({ length: 12 }, (_, i) => subject.buyer(`b-${100_000 + i}`)),
  subject.phone("010-1234-1003"),
  subject.order("b-100003"),
];
const OUTCOMES = ["disclosed", "refused", "done"] as const;

const someOf = <T>(values: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...values);
const sometimes = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(value, { nil: undefined, freq: 2 });

/** A session is one person's, who works for one seller. */
const anyActor = fc.record({
  kind: someOf<ActorKind>(ACTOR_KINDS),
  id: someOf(PEOPLE),
  sellerId: someOf(SELLERS),
});

/** One record of anything; a session's first record is no view. */
const anyAccess: fc.Arbitrary<Access> = fc
  .record({
    actor: anyActor,
    action: fc.oneof(fc.constant<AccessAction>("view"), someOf(ACCESS_ACTIONS)),
    outcome: someOf(OUTCOMES),
    session: fc.option(fc.nat(SESSIONS.length - 1)),
    ip: someOf(IPS),
    purpose: someOf(PURPOSES),
    target: sometimes(anyActor),
    key: sometimes(someOf(KEYS_OF_TOOLS)),
    orders: fc.uniqueArray(fc.nat(9), { maxLength: 3 }),
    asked: sometimes(fc.array(someOf(SUBJECTS), { minLength: 1, maxLength: 2 })),
  })
  .map(({ orders, ip, session, target, key, asked, ...rest }) =>
    samplePage(0, {
      ...rest,
      session: session === null ? null : (SESSIONS[session] ?? null),
      origin: { ip, agent: null },
      records: orders.map((i) => sampleOrder(i)),
      ...(target === undefined ? {} : { target }),
      ...(key === undefined ? {} : { key }),
      ...(asked === undefined ? {} : { asked }),
    }),
  );

/** Appends records of every kind, always the same, over some weeks of the database's time. */
export async function fillLog(log: AccessLog, database: LogDatabase, count: number): Promise<void> {
  const opened = SESSIONS.flatMap((session) =>
    PEOPLE.map((id) =>
      samplePage(0, { action: "log-in", session, actor: { kind: "staff", id, sellerId: "S1" } }),
    ),
  );
  const accesses = [...opened, ...fc.sample(anyAccess, { numRuns: count - opened.length, seed: 7 })];
  for (let i = 0; i < accesses.length; i += 100) {
    const moment = new Date(Date.parse("2031-01-20T00:00:00Z") + (i / 100) * 80 * 3_600_000).toISOString();
    await database.query(`update garim.log_head set recorded_at = greatest(recorded_at, '${moment}')`);
    await Promise.all(accesses.slice(i, i + 100).map((access) => log.append({ ...access, at: NOW + i })));
  }
}

/** Any filter over what {@link fillLog} makes, with values that match nothing among them. */
export function anyFilter(moments: readonly number[]): fc.Arbitrary<LogFilter> {
  const anyMoment = someOf(moments).chain((at) => fc.constantFrom(at - 1, at, at + 1));
  return fc
    .record({
      subject: sometimes(someOf([...SUBJECTS, subject.buyer("nobody")])),
      actor: sometimes(someOf([...PEOPLE, "nobody"])),
      kind: sometimes(someOf<ActorKind>(ACTOR_KINDS)),
      seller: sometimes(someOf(["S1", "S2", "S3", "S4"])),
      session: sometimes(someOf([...SESSIONS, "s-9"])),
      ip: sometimes(someOf([...IPS, "::"])),
      key: sometimes(someOf([...KEYS_OF_TOOLS, "key-3"])),
      target: sometimes(someOf(PEOPLE)),
      person: sometimes(someOf([...PEOPLE, "nobody"])),
      actions: sometimes(
        fc.uniqueArray(someOf<AccessAction>(ACCESS_ACTIONS), { minLength: 1, maxLength: 30 }),
      ),
      outcome: sometimes(someOf(OUTCOMES)),
      hasPurpose: sometimes(fc.boolean()),
      from: sometimes(anyMoment),
      to: sometimes(anyMoment),
    })
    .chain((whole) => {
      // All members at once find nothing: take a few.
      const given = Object.entries(whole).filter(([, value]) => value !== undefined);
      return fc
        .subarray(given)
        .map((some) => some.slice(0, 4))
        .map((some) => Object.fromEntries(some) as LogFilter)
        .filter(({ from, to }) => from === undefined || to === undefined || from < to);
    });
}

/** Whether a record is meant by a filter, asked of the record alone. */
export function isMeant({ access, recordedAt }: LogEntry, filter: LogFilter, keys: PseudonymKeys): boolean {
  const { subject: whom, person, actions, hasPurpose, from, to } = filter;
  const { actor, target, purpose } = access;
  const equal: readonly (readonly [unknown, unknown])[] = [
    [filter.actor, actor.id],
    [filter.kind, actor.kind],
    [filter.seller, actor.sellerId],
    [filter.session, access.session],
    [filter.ip, access.origin.ip],
    [filter.key, access.key],
    [filter.target, target?.id],
    [filter.outcome, access.outcome],
  ];
  const hexes = [...access.records.flatMap((one) => one.subjects), ...(access.asked ?? [])].map(
    ({ hex }) => hex,
  );
  return (
    equal.every(([asked, said]) => asked === undefined || asked === said) &&
    (whom === undefined || keys.all(NOW).some(({ key }) => hexes.includes(makePseudonym(key, whom)))) &&
    (person === undefined || person === actor.id || person === target?.id) &&
    (actions === undefined || actions.includes(access.action)) &&
    (hasPurpose === undefined || hasPurpose === ((purpose ?? "").trim() !== "")) &&
    (from === undefined || recordedAt >= from) &&
    (to === undefined || recordedAt < to)
  );
}
