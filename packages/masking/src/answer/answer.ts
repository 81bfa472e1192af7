import type { Disclosure } from "@garim/policy";
import { checkedAnswer } from "../schema/check.ts";
import type { AnswerShape } from "../schema/schema.ts";
import { closures } from "./closures.ts";
import { Cursor, type FoundRecord } from "./cursor.ts";
import { asAnswerError, wrongShape } from "./error.ts";
import { generated, mayGenerate } from "./generated.ts";
import { marginOf } from "./margin.ts";
import { makeSummary } from "./masked-summary.ts";
import { type AnswerOptions, resolveOptions } from "./options.ts";
import { planAnswer } from "./plan.ts";
import { compileFinder } from "./record-finder.ts";
import { makeRecordWriters } from "./record-writers.ts";
import { SinkPool } from "./sink.ts";
import { compileUndeclared } from "./undeclared.ts";
import { LEFT_OUT, type ValueWriter } from "./value-writers.ts";

/** An answer's shape, compiled: finds the records decisions are made for, then writes them. Safe to share between requests. */
export interface AnswerWriter {
  /**
   * Finds the records of an answer, in writing order: an outer record before the records in it.
   *
   * Reads what leads to records and nothing else; what is wrong in a field shows when it is written.
   *
   * @throws GarimError `ERR_GARIM_ANSWER_SHAPE` where a container is not the one declared (an object for a list, a Map, a text),
   *   or a getter throws; `ERR_GARIM_ANSWER_TOO_LARGE` for a list of more than 16,777,216 items
   */
  find(value: unknown): readonly FoundRecord[];
  /**
   * Writes an answer as UTF-8 JSON. The caller's objects are not changed, each member is read once, `toJSON` is never called.
   *
   * @param found - what `find` gave for the same value
   * @param disclosures - one decision for each of `found`, in its order
   * @returns bytes of the caller's own, of exact length
   * @throws GarimError `ERR_GARIM_ANSWER_CHANGED` where the records met are not those found, `ERR_GARIM_ANSWER_SHAPE` for a BigInt,
   *   a wrong container or a getter that throws, `ERR_GARIM_ANSWER_TOO_LARGE` beyond `maxBytes` or
   *   for a list of more than 16,777,216 items
   */
  write(
    value: unknown,
    found: readonly FoundRecord[],
    disclosures: readonly Disclosure[],
  ): Uint8Array<ArrayBuffer>;
  /**
   * Says in one line what of an answer is not clear, and why: for a header, beside an answer compiled with `masked: "none"`.
   *
   * A list of RFC 9651, in ASCII, a member for each kind of record, reason and fields:
   * `orderLine;reason=purpose-ended;count=3;fields="buyer.name buyer.phone";profile=pipc`. What of names and paths is not plain
   * ASCII is percent-encoded. Records that would not fit are only counted, as `truncated;count=7`.
   *
   * @param found - what `find` gave
   * @param disclosures - one decision for each of `found`, in its order
   * @returns at most 4,096 bytes; empty where everything is clear
   * @throws GarimError `ERR_GARIM_ANSWER_CHANGED` where there is not one decision a record
   */
  maskedSummary(found: readonly FoundRecord[], disclosures: readonly Disclosure[]): string;
  /**
   * Lists paths a value has and its shape does not declare (`lines[].buyer.nickname`), at most 20.
   *
   * @param every - looks at every record; else at the first of each list
   * @throws GarimError `ERR_GARIM_ANSWER_SHAPE` where a getter throws; `ERR_GARIM_ANSWER_TOO_LARGE` as in `find`
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
  const { codeGeneration, masked, maxBytes } = resolveOptions(options);
  const answer = checkedAnswer(shape);
  const backEnd = codeGeneration && mayGenerate() ? generated : closures;
  const recordWriters = makeRecordWriters(backEnd, masked === "record");
  const write = backEnd.compileValue(planAnswer(answer), recordWriters);
  const findRecords = compileFinder(answer);
  const findUndeclared = compileUndeclared(answer);
  return Object.freeze({
    find: (value: unknown) => orAnswerError(() => findRecords(value)),
    write: makeWrite(write, new SinkPool(marginOf(answer), maxBytes)),
    maskedSummary: makeSummary(),
    undeclared: (value: unknown, every: boolean) => orAnswerError(() => findUndeclared(value, every)),
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
