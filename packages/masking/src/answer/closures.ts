import type { BackEnd, MembersWriter, RecordWriters } from "./back-end.ts";
import { type Run, writeNull, writeRun } from "./bytes.ts";
import { closeList, closeObject, lengthOf, readGuarded, readTag, toList, toObject } from "./containers.ts";
import { bigIntSeen } from "./error.ts";
import type { ListStep, Member, ObjectStep, Step, UnionStep, Variant } from "./plan.ts";
import { LEFT_OUT, piiWriter, REFUSED, type ValueWriter, writeOpen } from "./value-writers.ts";

/** The back end without code generation: a loop over members, a function a value. */
export const closures: BackEnd = Object.freeze({ compileValue, compileMembers });

function compileValue(step: Step, recordWriters: RecordWriters): ValueWriter {
  switch (step.step) {
    case "open":
      return writeOpen;
    case "pii":
      return piiWriter(step);
    case "record":
      return recordWriters(step.schema);
    case "list":
      return compileList(step, recordWriters);
    case "object":
      return compileObject(step, recordWriters);
    case "union":
      return compileUnion(step, recordWriters);
  }
}

function compileMembers(members: readonly Member[], recordWriters: RecordWriters): MembersWriter {
  const parts = members.map((member) => partOf(member, recordWriters));
  return (sink, at, object, record, cursor) => {
    let p = at;
    for (let i = 0; i < parts.length; i++) {
      const part = parts[i] as Part;
      const value = part.isGuarded ? readGuarded(object, part.key) : (object as Members)[part.key];
      const from = writeRun(sink, p, part.run);
      // The commonest writer is called by its name, so that it is inlined.
      const written = part.isShown ? writeOpen(sink, from, value) : LEFT_OUT;
      const end = written === LEFT_OUT ? part.write(sink, from, value, record, cursor) : written;
      if (end > LEFT_OUT) p = end;
      else if (end === REFUSED) throw bigIntSeen(part.path);
    }
    return p;
  };
}

type Members = Readonly<Record<string, unknown>>;

interface Part {
  readonly key: string;
  readonly path: string;
  readonly run: Run;
  readonly isGuarded: boolean;
  /** Whether scalars are written as they are. */
  readonly isShown: boolean;
  readonly write: ValueWriter;
}

function partOf({ key, path, run, isGuarded, step }: Member, recordWriters: RecordWriters): Part {
  return {
    key,
    path,
    run,
    isGuarded,
    isShown: step.step === "open" || (step.step === "pii" && step.treatment === "clear"),
    write: compileValue(step, recordWriters),
  };
}

function compileObject({ path, members }: ObjectStep, recordWriters: RecordWriters): ValueWriter {
  const writeMembers = compileMembers(members, recordWriters);
  return (sink, at, value, record, cursor) => {
    if (value === undefined) return LEFT_OUT;
    if (value === null) return writeNull(sink, at);
    return closeObject(sink, at, writeMembers(sink, at, toObject(value, path), record, cursor));
  };
}

function compileUnion({ path, tag, variants }: UnionStep, recordWriters: RecordWriters): ValueWriter {
  const writers = new Map<unknown, MembersWriter>(
    variants.map((variant) => [variant.text, compileVariant(variant, recordWriters)]),
  );
  return (sink, at, value, record, cursor) => {
    if (value === undefined) return LEFT_OUT;
    if (value === null) return writeNull(sink, at);
    const object = toObject(value, path);
    const write = writers.get(readTag(object, tag));
    if (write === undefined) return writeNull(sink, at);
    return closeObject(sink, at, write(sink, at, object, record, cursor));
  };
}

/** The tag is not read again: its text is the variant's. */
function compileVariant({ run, members }: Variant, recordWriters: RecordWriters): MembersWriter {
  const writeMembers = compileMembers(members, recordWriters);
  return (sink, at, object, record, cursor) =>
    writeMembers(sink, writeRun(sink, at, run), object, record, cursor);
}

function compileList({ path, item }: ListStep, recordWriters: RecordWriters): ValueWriter {
  const write = compileValue(item, recordWriters);
  return (sink, at, value, record, cursor) => {
    if (value === undefined) return LEFT_OUT;
    if (value === null) return writeNull(sink, at);
    const list = toList(value, path);
    const length = lengthOf(list, path);
    let p = at;
    for (let i = 0; i < length; i++) {
      if (p > sink.limit) sink.grow(p);
      sink.bytes[p] = 0x2c;
      const end = write(sink, p + 1, list[i], record, cursor);
      if (end === REFUSED) throw bigIntSeen(`${path}[]`);
      // An item cannot be left out: the place of the others would change.
      p = end === LEFT_OUT ? writeNull(sink, p + 1) : end;
    }
    return closeList(sink, at, p);
  };
}
