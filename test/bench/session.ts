import type { BenchRow } from "./row.ts";
import { compareCosts } from "./server/cost.ts";

const SUBJECT = "session and second factor of a request, remembered";
const BARE = "the same handler bare";
const UNIT = "times the server's CPU time a request, page of 20";

/** What it costs to ask who it is, beside the same handler that does not ask. What the stores themselves use is not counted. */
export const rows: readonly BenchRow[] = [
  {
    id: "R4",
    subject: `${SUBJECT}; state in PostgreSQL`,
    against: BARE,
    unit: UNIT,
    target: { atMost: 1.15 },
    run: () => compareCosts("proved", "bare", ["postgres"]),
  },
  {
    id: "R5",
    subject: `${SUBJECT}; sessions in Redis`,
    against: BARE,
    unit: UNIT,
    target: { atMost: 1.15 },
    run: () => compareCosts("proved", "bare", ["postgres", "redis"]),
  },
  {
    id: "R6",
    subject: `${SUBJECT}; sessions in Redis`,
    against: "express-session with connect-redis on the same Redis, and a look at the second factor's age",
    unit: UNIT,
    target: { atMost: 1 },
    run: () => compareCosts("proved", "express-session", ["postgres", "redis"]),
  },
];
