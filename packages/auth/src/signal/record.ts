import { changeState } from "../state/change.ts";
import { type StateStore, stateUnavailable } from "../state/store.ts";

/** What a decision answers, and the record it wants stored first; `null` to leave it. */
export interface Outcome<A, R> {
  readonly answer: A;
  readonly record: R | null;
}

/** Where records of one kind are stored. */
export interface RecordKind<R> {
  /** The part of the key that names the kind. */
  readonly name: string;
  /** How long one is kept after its last change, milliseconds. */
  readonly keepMs: number;
  readonly isRecord: (value: unknown) => value is R;
}

/** Decides on a record as it is stored now; of any number of nodes that decide at once, each sees what the one before stored. */
export async function changeRecord<A, R>(
  state: StateStore,
  kind: RecordKind<R>,
  id: string,
  now: number,
  decide: (record: R | undefined) => Outcome<A, R>,
): Promise<A> {
  const { answer } = await changeState(state, keyOf(kind, id), (entry) => {
    const { answer, record } = decide(entry && decode(kind, entry.value));
    const next = record && { value: JSON.stringify(record), expiresAt: now + kind.keepMs };
    return { answer, next };
  });
  return answer;
}

/** Reads a record; `undefined` where there is none. */
export async function readRecord<R>(
  state: StateStore,
  kind: RecordKind<R>,
  id: string,
): Promise<R | undefined> {
  const entry = await state.read(keyOf(kind, id));
  return entry && decode(kind, entry.value);
}

function keyOf<R>(kind: RecordKind<R>, id: string): string {
  return `v1/signal/${kind.name}/${id}`;
}

function decode<R>({ name, isRecord }: RecordKind<R>, value: string): R {
  try {
    const record: unknown = JSON.parse(value);
    if (isRecord(record)) return record;
  } catch {
    // Told below, without the value.
  }
  throw stateUnavailable(
    `What was stored for signals cannot be read. Delete the keys v1/signal/${name}/ of the state store.`,
  );
}
