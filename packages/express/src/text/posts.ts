import { scrubPost } from "@garim/masking";
import type { RequestHandler } from "express";
import { markOpen } from "../routes/route-mark.ts";
import { invalid } from "../start/option-names.ts";

/** Deeper and larger than any list of reviews. */
const DEEPEST = 12;

/**
 * Shows buyers' texts scrubbed: in what the handler answers by `res.json`, each text under one of the names, at any depth, goes through
 * `scrubPost`. For reviews, questions and inquiries that everybody reads; buyers' data of orders is for `reveal`.
 *
 * @throws GarimError `ERR_GARIM_OPTION_INVALID`
 */
export function createPosts(fields: readonly string[]): RequestHandler {
  const isList = Array.isArray(fields) && fields.length > 0;
  if (!isList || !fields.every((name) => typeof name === "string" && name !== ""))
    throw invalid("posts", "a list of names", 'garim.posts(["content", "title"])');
  const names = new Set(fields);
  return markOpen((_req, res, next) => {
    const json = res.json.bind(res);
    res.json = (value: unknown) => json(scrubbed(value, names, 0));
    next();
  }, "buyers' texts are shown scrubbed");
}

function scrubbed(value: unknown, names: ReadonlySet<string>, depth: number): unknown {
  const plain = hasJson(value) ? value.toJSON() : value;
  if (typeof plain !== "object" || plain === null) return plain;
  // What is too deep to be looked at is not shown.
  if (depth > DEEPEST) return null;
  if (Array.isArray(plain)) return plain.map((one) => scrubbed(one, names, depth + 1));
  return Object.fromEntries(Object.entries(plain).map(([name, one]) => [name, member(name, one)]));

  function member(name: string, one: unknown): unknown {
    return names.has(name) ? scrubEach(one, names, depth) : scrubbed(one, names, depth + 1);
  }
}

/** A text, or a list of them: what has another form is looked at as anything else is. */
function scrubEach(one: unknown, names: ReadonlySet<string>, depth: number): unknown {
  if (typeof one === "string") return scrubPost(one);
  if (Array.isArray(one)) return one.map((each) => scrubEach(each, names, depth + 1));
  return scrubbed(one, names, depth + 1);
}

function hasJson(value: unknown): value is { toJSON(): unknown } {
  return (
    typeof value === "object" &&
    value !== null &&
    typeof (value as { toJSON?: unknown }).toJSON === "function"
  );
}
