import type { ReplyFacts } from "@garim/masking";
import type { Request } from "express";

/** What a route that posts sellers' replies is told. */
export interface ReplyOptions {
  /** The member of the JSON body that holds the text. Default `text`. */
  readonly field?: string;
  /** The order a reply is about: whose names stand on it, and whether the buyer asked to correct an address. */
  readonly about: (req: Request) => ReplyFacts | Promise<ReplyFacts>;
}
