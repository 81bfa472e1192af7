import type { Check } from "./check.ts";
import { checkpointCheck } from "./checks/checkpoint.ts";
import { clockCheck } from "./checks/clock.ts";
import { connectionsCheck } from "./checks/connections.ts";
import { databaseCheck } from "./checks/database.ts";
import { fsyncCheck } from "./checks/fsync.ts";
import { fullPageWritesCheck } from "./checks/full-page-writes.ts";
import { headCheck } from "./checks/head.ts";
import { indexesCheck } from "./checks/indexes.ts";
import { keyAgesCheck } from "./checks/key-ages.ts";
import { keyFileCheck } from "./checks/key-file.ts";
import { partitionsCheck } from "./checks/partitions.ts";
import { rightsCheck } from "./checks/rights.ts";
import { schemaCheck } from "./checks/schema.ts";
import { statementTimeoutCheck } from "./checks/statement-timeout.ts";
import { synchronousCommitCheck } from "./checks/synchronous-commit.ts";
import { writableCheck } from "./checks/writable.ts";

/** Every check, in the order they are made: the database first, for without it most others say nothing. */
export const CHECKS: readonly Check[] = [
  databaseCheck,
  writableCheck,
  clockCheck,
  fsyncCheck,
  synchronousCommitCheck,
  fullPageWritesCheck,
  schemaCheck,
  headCheck,
  checkpointCheck,
  partitionsCheck,
  indexesCheck,
  rightsCheck,
  connectionsCheck,
  statementTimeoutCheck,
  keyFileCheck,
  keyAgesCheck,
];
