import type { NextFunction, Request, Response } from "express";

/** One documented behaviour of Express's response. */
export interface ResponseCase {
  /** What is called, and how. */
  readonly name: string;
  readonly answer: (res: Response, req: Request, next: NextFunction) => unknown;
  /** Of the request; a plain GET if left out. */
  readonly asked?: {
    readonly method?: string;
    readonly headers?: readonly string[];
    readonly query?: string;
  };
  /** What Express documents of the answer. */
  readonly status: number;
  /** By lower-case name; `null` for one that is not there. */
  readonly headers?: Readonly<Record<string, string | RegExp | null>>;
  readonly body?: string | RegExp;
}

export const JSON_TYPE = "application/json; charset=utf-8";
export const TEXT_TYPE = "text/plain; charset=utf-8";
export const HTML_TYPE = "text/html; charset=utf-8";
