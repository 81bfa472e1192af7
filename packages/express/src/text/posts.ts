import { GarimError } from "@garim/policy";
import type { Request, RequestHandler } from "express";
import { markOpen } from "../routes/route-mark.ts";
import { invalid } from "../start/option-names.ts";
import type { PostsOptions } from "./options.ts";
import { findPosts, type PostNames, plainOf, scrubPosts } from "./scrub-posts.ts";

const NOBODY: PostNames = new Map();

/**
 * Shows buyers' texts scrubbed: in what the handler answers by `res.json`, each text under one of the names, at any depth, goes through
 * `scrubPost`, with the names on its order where `about` tells them. For reviews, questions and inquiries that everybody reads; buyers'
 * data of orders is for `reveal`.
 *
 * @throws GarimError `ERR_GARIM_OPTION_INVALID`
 */
export function createPosts(given: readonly string[], options?: PostsOptions): RequestHandler {
  const isList = Array.isArray(given) && given.length > 0;
  if (!isList || !given.every((name) => typeof name === "string" && name !== ""))
    throw invalid("posts", "a list of names", 'garim.posts(["content", "title"])');
  if (options !== undefined && typeof options?.about !== "function")
    throw invalid(
      "posts.about",
      "a function",
      'garim.posts(["content"], { about: async (posts) => posts.map(({ id }) => names[id] ?? []) })',
    );
  const fields = new Set(given);
  return markOpen((req, res, next) => {
    const json = res.json.bind(res);
    res.json = (value: unknown) => {
      const plain = plainOf(value);
      if (options === undefined) return json(scrubPosts(plain, fields, NOBODY));
      // What goes wrong from here on is told by an answer that asks no more.
      res.json = (value: unknown) => json(scrubPosts(plainOf(value), fields, NOBODY));
      readNames(options, findPosts(plain, fields), req)
        .then((names) => void json(scrubPosts(plain, fields, names)))
        .catch(next);
      return res;
    };
    next();
  }, "buyers' texts are shown scrubbed");
}

/** What is thrown may hold personal data: only where it happened is told. */
async function readNames(
  { about }: PostsOptions,
  posts: Parameters<PostsOptions["about"]>[0],
  req: Request,
): Promise<PostNames> {
  if (posts.length === 0) return NOBODY;
  try {
    const names = await about(posts, req);
    if (isNames(names, posts.length)) return new Map(posts.map((post, i) => [post, names[i] ?? []]));
  } catch (cause) {
    throw unknownNames(cause);
  }
  throw unknownNames();
}

function isNames(names: unknown, count: number): names is readonly (readonly string[])[] {
  return (
    Array.isArray(names) &&
    names.length === count &&
    names.every((one) => Array.isArray(one) && one.every((name) => typeof name === "string"))
  );
}

function unknownNames(cause?: unknown): GarimError {
  return new GarimError(
    "ERR_GARIM_OPTION_INVALID",
    "posts({ about }) failed; make it answer with one list of names for each post, [] where none is known",
    cause,
  );
}
