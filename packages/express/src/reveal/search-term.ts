import { type AnswerShape, type Node, personalPaths, searchablePaths } from "@garim/masking";
import { GarimError, nearest } from "@garim/policy";
import type { Request } from "express";
import { fold } from "./search.ts";

/** One question of a declared search. */
export interface SearchTerm {
  /** From the record on: `recipient.phone`. */
  readonly path: string;
  readonly isPersonal: boolean;
  readonly value: string;
}

/** What of a request is a declared search, and what is left of its questions. */
export interface ReadSearch {
  readonly terms: readonly SearchTerm[];
  readonly rest: Readonly<Record<string, unknown>>;
}

/** Reads the declared searches of a request: from its address, and from its body where the host has parsed one. */
export type SearchReader = (req: Pick<Request, "query" | "body">) => ReadSearch;

const LONGEST = 200;

/**
 * Compiles what a route was given as `search`.
 *
 * @throws GarimError `ERR_GARIM_OPTION_INVALID` for a path no record of the answer has, or a personal one where the answer is one record:
 *   what is masked could not be left out of it
 */
export function compileSearchTerms(
  shape: AnswerShape,
  declared: readonly string[] | undefined,
): SearchReader {
  const paths = readDeclared(shape, declared ?? []);
  const names = new Map(paths.map((path) => [fold(path), path]));
  const personal = new Set(personalPaths(shape));
  return ({ query, body }) => {
    const terms: SearchTerm[] = [];
    const rest: Record<string, unknown> = {};
    for (const [name, value] of Object.entries(query)) {
      const term = termOf(name, value);
      if (term === undefined) rest[name] = value;
      else terms.push(term);
    }
    for (const [name, value] of Object.entries(isObject(body) ? body : {})) {
      const term = termOf(name, value);
      if (term !== undefined) terms.push(term);
    }
    return { terms, rest };
  };

  /** One text, whole: no operator, no list, nothing that is more than an exact question. */
  function termOf(name: string, value: unknown): SearchTerm | undefined {
    const path = names.get(fold(name));
    if (path === undefined || typeof value !== "string" || value === "" || value.length > LONGEST)
      return undefined;
    return { path, isPersonal: personal.has(path), value };
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function readDeclared(shape: AnswerShape, declared: readonly string[]): readonly string[] {
  if (!Array.isArray(declared) || !declared.every((path) => typeof path === "string"))
    throw invalid('reveal() takes search: a list of paths; write search: ["orderNo", "recipient.phone"]');
  if (declared.length === 0) return [];
  const known = searchablePaths(shape);
  const personal = personalPaths(shape);
  for (const path of declared) {
    if (known.includes(path)) continue;
    const hint = nearest(path, known);
    throw invalid(
      `reveal() takes search: no record of the answer has a field ${JSON.stringify(path)} of its own; ${hint === undefined ? `it has ${known.join(", ")}` : `write search: ["${hint}"]`}`,
    );
  }
  if (declared.some((path) => personal.includes(path)) && !isListed(shape))
    throw invalid(
      `reveal() takes search by a personal field only where records stand in a list, for what is masked is left out; write reveal([schema], { search: ${JSON.stringify(declared)} })`,
    );
  return declared;
}

/** Whether every record of the answer stands in a list, of which it can be left out. */
function isListed(node: Node): boolean {
  if (Array.isArray(node)) {
    const [item] = node as readonly [Node];
    return ("node" in item && item.node === "record") || isListed(item);
  }
  if ("node" in node && typeof node.node === "string") return node.node === "open";
  return Object.values(node).every((member) => isListed(member as Node));
}

function invalid(message: string): GarimError {
  return new GarimError("ERR_GARIM_OPTION_INVALID", message);
}
