import { inputInvalid } from "../input-error.ts";
import type { Draft, DraftRecord } from "./draft.ts";
import { draftNode, draftShape, isNamedByData, type Place } from "./node-draft.ts";
import { placeRecords, type RecordPlace, type RecordPlaces } from "./record/place.ts";
import { listFields } from "./rules/field-place.ts";
import { draftRules } from "./rules/rules.ts";
import { makeSeen, observe, type Seen } from "./seen.ts";

/**
 * Drafts a schema from sample answers. What it is not sure of is marked, and drafted the more protective way.
 *
 * @param samples - answers as a route gives them: a record, a list of records, or an envelope around them
 * @param name - the name of the first record; guessed if left out
 * @throws GarimError `ERR_GARIM_INPUT_INVALID` where the samples hold no record, or are lists and objects mixed
 */
export function inferFromSamples(samples: readonly unknown[], name?: string): Draft {
  const seen = makeSeen();
  for (const sample of samples) observe(seen, sample);
  return inferFromSeen(seen, name);
}

/**
 * Drafts a schema from what was seen in an answer.
 *
 * @throws GarimError `ERR_GARIM_INPUT_INVALID` as {@link inferFromSamples}
 */
export function inferFromSeen(seen: Seen, name?: string): Draft {
  checkAnswer(seen);
  const places = placeRecords(seen, name);
  const answer = draftNode(seen, [], { around: [], records: places, isInRecord: false });
  if (answer.node === "left-out") throw inputInvalid(`The answer cannot be drafted: ${answer.why}`);
  return { records: [...places].map(([record, place]) => draftRecord(record, place, places)), answer };
}

function checkAnswer(seen: Seen): void {
  if (seen.objects > 0 && seen.lists > 0)
    throw inputInvalid("Some samples are lists and some are objects; give samples of one route at a time");
  const objects = seen.item ?? seen;
  if (objects.objects === 0)
    throw inputInvalid(
      "There is no record in it: give at least one answer that holds an object, not an empty list",
    );
  if (objects.values.some((value) => value !== null) || objects.lists > 0)
    throw inputInvalid("Some items are objects and some are not; give answers whose list holds objects only");
  if (isNamedByData(objects))
    throw inputInvalid(
      "The members of the answer are named by data (ids, phones), which no schema can declare; answer a list of records",
    );
}

function draftRecord(seen: Seen, { name, around }: RecordPlace, records: RecordPlaces): DraftRecord {
  // The record itself is no place in its own shape.
  const inner = new Map([...records].filter(([other]) => other !== seen));
  const place: Place = { around, records: inner, isInRecord: true };
  return { name, shape: draftShape(seen, place), rules: draftRules(listFields(seen, around)) };
}
