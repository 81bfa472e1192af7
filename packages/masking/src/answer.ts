import { type Disclosure, GarimError, nearest } from "@garim/policy";
import { asAnswerError, wrongShape } from "./answer-error.ts";
import { Cursor, type FoundRecord } from "./cursor.ts";
import { MASK_PROFILE } from "./mask.ts";
import { marginOf, planAnswer } from "./plan.ts";
import { compileFinder } from "./record-finder.ts";
import { makeRecordWriters } from "./record-writers.ts";
import type { AnswerShape } from "./schema.ts";
import { checkedAnswer } from "./schema-check.ts";
import { SinkPool } from "./sink.ts";
import { listUndeclared } from "./undeclared.ts";
import { LEFT_OUT, type ValueWriter } from "./value-writers.ts";
import { closures } from "./writer-closures.ts";
import { generated, mayGenerate } from "./writer-generated.ts";

/** How an answer is compiled. */
export interface AnswerOptions {
  /** Whether code may be generated with `new Function`. Where the process forbids it, it is not. Default `true`. */
  readonly codeGeneration?: boolean;
  /** The mask profile. */
  readonly profile?: typeof MASK_PROFILE;
  /** Bytes an answer may have at most, inclusive. Default 64 MiB. */
  readonly maxBytes?: number;
}

/** The defaults of {@link AnswerOptions}. */
export const ANSWER_DEFAULTS: Required<AnswerOptions> = Object.freeze({
  codeGeneration: true,
  profile: MASK_PROFILE,
  maxBytes: 67_108_864,
});

/** An answer's shape, compiled: finds the records decisions are made for, then writes them. Safe to share between requests. */
export interface AnswerWriter {
  /**
   * Finds the records of an answer, in writing order: an outer record before the records in it.
   *
   * Reads what leads to records and nothing else; what is wrong in a field shows when it is written.
   *
   * @throws GarimError `ERR_GARIM_ANSWER_SHAPE` where a container is not the one declared (an object for a list, a Map, a text),
   *   or a getter throws
   */
  find(value: unknown): readonly FoundRecord[];
  /**
   * Writes an answer as UTF-8 JSON. The caller's objects are not changed, each member is read once, `toJSON` is never called.
   *
   * @param found - what `find` gave for the same value
   * @param disclosures - one decision for each of `found`, in its order
   * @returns bytes of the caller's own, of exact length
   * @throws GarimError `ERR_GARIM_ANSWER_CHANGED` where the records met are not those found, `ERR_GARIM_ANSWER_SHAPE` for a BigInt,
   *   a wrong container or a getter that throws, `ERR_GARIM_ANSWER_TOO_LARGE` beyond `maxBytes`
   */
  write(
    value: unknown,
    found: readonly FoundRecord[],
    disclosures: readonly Disclosure[],
  ): Uint8Array<ArrayBuffer>;
  /**
   * Lists paths a value has and its shape does not declare (`lines[].buyer.nickname`), at most 20.
   *
   * @param every - looks at every record; else at the first of each list
   * @throws GarimError `ERR_GARIM_ANSWER_SHAPE` where a getter throws
   */
  undeclared(value: unknown, every: boolean): readonly string[];
}

/**
 * Compiles an answer's shape to a writer.
 *
 * @throws GarimError `ERR_GARIM_SCHEMA_INVALID` for a shape that is none, or personal fields outside a record;
 *   `ERR_GARIM_OPTION_UNKNOWN`, `ERR_GARIM_OPTION_INVALID`
 */
export function compileAnswer(shape: AnswerShape, options: AnswerOptions = {}): AnswerWriter {
  const { codeGeneration, maxBytes } = resolveOptions(options);
  const answer = checkedAnswer(shape);
  const backEnd = codeGeneration && mayGenerate() ? generated : closures;
  const write = backEnd.compileValue(planAnswer(answer), makeRecordWriters(backEnd));
  const findRecords = compileFinder(answer);
  return Object.freeze({
    find: (value: unknown) => orAnswerError(() => findRecords(value)),
    write: makeWrite(write, new SinkPool(marginOf(answer), maxBytes)),
    undeclared: (value: unknown, every: boolean) => orAnswerError(() => listUndeclared(answer, value, every)),
  });
}

const NO_RECORD: object = Object.freeze({});

function makeWrite(writeValue: ValueWriter, pool: SinkPool): AnswerWriter["write"] {
  return (value, found, disclosures) => {
    const sink = pool.borrow();
    try {
      const cursor = new Cursor(found, disclosures);
      const end = writeValue(sink, 0, value, NO_RECORD, cursor);
      if (end === LEFT_OUT) throw wrongShape("answer", "an answer", value);
      cursor.finish();
      return sink.take(end);
    } catch (thrown) {
      throw asAnswerError(thrown);
    } finally {
      pool.giveBack(sink);
    }
  };
}

function orAnswerError<T>(run: () => T): T {
  try {
    return run();
  } catch (thrown) {
    throw asAnswerError(thrown);
  }
}

function resolveOptions(options: AnswerOptions): Required<AnswerOptions> {
  for (const name of Object.keys(options))
    if (!Object.hasOwn(ANSWER_DEFAULTS, name)) throw unknownOption(name);
  const codeGeneration = options.codeGeneration ?? ANSWER_DEFAULTS.codeGeneration;
  const profile = options.profile ?? ANSWER_DEFAULTS.profile;
  const maxBytes = options.maxBytes ?? ANSWER_DEFAULTS.maxBytes;
  if (profile !== MASK_PROFILE) throw invalidOption("profile", `"${MASK_PROFILE}"`);
  if (typeof codeGeneration !== "boolean") throw invalidOption("codeGeneration", "true or false");
  if (!Number.isInteger(maxBytes) || maxBytes < 1 || maxBytes > 2 ** 30)
    throw invalidOption("maxBytes", "a whole number from 1 to 1073741824");
  return { codeGeneration, profile, maxBytes };
}

function unknownOption(name: string): GarimError {
  const known = Object.keys(ANSWER_DEFAULTS);
  const hint = nearest(name, known);
  return new GarimError(
    "ERR_GARIM_OPTION_UNKNOWN",
    `compileAnswer has no option ${JSON.stringify(name)}.${hint === undefined ? "" : ` Did you mean ${hint}?`} It takes: ${known.join(", ")}`,
  );
}

function invalidOption(name: keyof AnswerOptions, wanted: string): GarimError {
  return new GarimError(
    "ERR_GARIM_OPTION_INVALID",
    `compileAnswer's ${name} must be ${wanted}; leave it out for ${JSON.stringify(ANSWER_DEFAULTS[name])}`,
  );
}
