import type { WireCell } from "../sheet/wire-cell.ts";
import type { Summary, WorkbookCounts } from "../summary.ts";
import type { Closed, FileMaker, Pieces } from "./file-maker.ts";

/** What a maker is asked for, as it goes to a worker. */
export type Command =
  | { readonly kind: "rows"; readonly rows: readonly (readonly WireCell[])[] }
  | { readonly kind: "count" }
  | { readonly kind: "end"; readonly summary: Summary }
  | { readonly kind: "read-back"; readonly bytes: Uint8Array }
  | { readonly kind: "close" };

/** What it answers. */
export interface Answer {
  readonly pieces: Pieces;
  readonly counts?: WorkbookCounts;
  readonly closed?: Closed;
}

export async function obey(maker: FileMaker, command: Command): Promise<Answer> {
  switch (command.kind) {
    case "rows":
      return { pieces: await maker.addRows(command.rows) };
    case "count":
      return { pieces: [], counts: maker.count() };
    case "end":
      return { pieces: await maker.end(command.summary) };
    case "read-back":
      maker.readBack(command.bytes);
      return { pieces: [] };
    case "close":
      return { pieces: [], closed: await maker.close() };
  }
}
