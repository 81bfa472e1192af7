import type { ReplyFacts } from "@garim/masking";
import type { Request } from "express";

/** What a route that posts sellers' replies is told. */
export interface ReplyOptions {
  /** The member of the JSON body that holds the text. Default `text`. */
  readonly field?: string;
  /** The order a reply is about: whose names stand on it, and whether the buyer asked to correct an address. */
  readonly about: (req: Request) => ReplyFacts | Promise<ReplyFacts>;
}

/** An object of an answer that holds a text, as JSON has it. */
export type ShownPost = Readonly<Record<string, unknown>>;

/** What a route that shows buyers' texts is told. */
export interface PostsOptions {
  /**
   * The names on the orders that the posts are about, asked once an answer: a list of names for each post, in the same order, empty where
   * none is known. What a post holds within itself is scrubbed of its names as well. Where it fails nothing is shown.
   */
  readonly about: (
    posts: readonly ShownPost[],
    req: Request,
  ) => readonly (readonly string[])[] | Promise<readonly (readonly string[])[]>;
}
