import type { Disclosure } from "@garim/policy";
import type { RecordSchema } from "../schema/schema.ts";
import { changed } from "./error.ts";

/** A record of an answer, the object itself. */
export interface FoundRecord {
  readonly schema: RecordSchema;
  readonly value: object;
}

/** Hands out decisions in writing order, each only to the very object it was made for. */
export class Cursor {
  readonly #found: readonly FoundRecord[];
  readonly #disclosures: readonly Disclosure[];
  #next = 0;

  /** @throws GarimError `ERR_GARIM_ANSWER_CHANGED` where there is not one decision a record */
  constructor(found: readonly FoundRecord[], disclosures: readonly Disclosure[]) {
    if (found.length !== disclosures.length)
      throw changed(`The answer has ${found.length} records and ${disclosures.length} decisions`);
    this.#found = found;
    this.#disclosures = disclosures;
  }

  /** @throws GarimError `ERR_GARIM_ANSWER_CHANGED` where the next decision is another object's */
  take(schema: RecordSchema, value: unknown): Disclosure {
    const index = this.#next++;
    const found = this.#found[index];
    const disclosure = this.#disclosures[index];
    if (found === undefined || disclosure === undefined || found.value !== value || found.schema !== schema)
      throw changed(
        `Record ${index + 1} of the answer (${schema.name}) is not the one that was decided about`,
      );
    return disclosure;
  }

  /** @throws GarimError `ERR_GARIM_ANSWER_CHANGED` where decided records were not met */
  finish(): void {
    if (this.#next !== this.#found.length)
      throw changed(
        `The answer had ${this.#found.length} records when it was decided about, now ${this.#next}`,
      );
  }
}
