import { type Json, object, ref } from "./shape.ts";

/** What an endpoint is for, what it takes, and what it answers. */
export interface Told {
  readonly summary: string;
  /** The schema of its answer, by name; left out where it answers nothing (204). */
  readonly answer?: string;
  readonly status?: 200 | 201 | 202;
  /** How fresh a second factor has to be: `view`, `download`, `manage`; left out where none is asked for. */
  readonly stepUp?: string;
  readonly query?: Json;
  /** Members of its JSON body. */
  readonly body?: Json;
  /** What else it answers, by status. */
  readonly besides?: Json;
}

/** An operation as it stands in a document. */
export function operation({ summary, answer, status, stepUp, query, body, besides }: Told): Json {
  const done = answer === undefined ? { "204": { description: "Done" } } : answered(status ?? 200, answer);
  return {
    summary,
    ...(stepUp === undefined ? {} : { description: `Second factor: ${stepUp}` }),
    ...(query === undefined ? {} : { parameters: parametersOf(query) }),
    ...(body === undefined ? {} : { requestBody: bodyOf(body) }),
    responses: { ...done, ...besides, ...REFUSALS },
  };
}

function answered(status: number, name: string): Json {
  return { [status]: { description: name, content: { "application/json": { schema: ref(name) } } } };
}

/** A body of exactly these members, each of which may be left out as far as its endpoint says. */
export function bodyOf(properties: Json): Json {
  const schema = { ...object(properties), additionalProperties: false };
  return { required: true, content: { "application/json": { schema } } };
}

function parametersOf(query: Json): readonly Json[] {
  return Object.entries(query).map(([name, schema]) => ({ name, in: "query", schema }));
}

const PROBLEM: Json = { content: { "application/problem+json": { schema: ref("Problem") } } };

/** What any of them may answer instead. */
export const REFUSALS: Json = {
  "400": { description: "What cannot be asked; nothing is recorded", ...PROBLEM },
  "401": { description: "No log-in, or a second factor is due", ...PROBLEM },
  "403": { description: "Nobody who may ask; on record", ...PROBLEM },
  "503": { description: "A store or the log is out; no answer without its record", ...PROBLEM },
};
