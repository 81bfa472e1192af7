import { LOG_VERSION, migrate, migrations, readLogVersion } from "@garim/audit";
import { migrateState, readStateVersion, STATE_MIGRATION, STATE_MIGRATIONS } from "@garim/auth";
import { DUTIES_MIGRATION, DUTIES_VERSION, migrateDuties, readDutiesVersion } from "@garim/duties";
import type { Connection } from "../connect/connection.ts";
import { withConnection } from "../connect/with-connection.ts";
import { writeDocument } from "../output/document.ts";
import type { VerbContext } from "../verb/context.ts";
import type { MigrateOptions } from "./command.ts";
import { ROLE_SQL } from "./role-sql.ts";

/** What a migration did to one of the schemas. */
interface Migrated {
  readonly schema: "log" | "state" | "duties";
  readonly from: number;
  readonly to: number;
}

/** Runs `garim migrate`. */
export async function runMigrate(options: MigrateOptions, context: VerbContext): Promise<void> {
  const { terminal } = context;
  if (options.print === true) return void (await terminal.write(printMigrations()));
  if (options.roleSql === true) return void (await terminal.write(ROLE_SQL));
  // A table that is large already takes as long as it takes.
  const opening = { mode: "write", statementMs: 0, mayMake: true } as const;
  await withConnection(context, options, opening, async (connection) => {
    const done = await migrateAll(connection);
    const value = { database: connection.name, migrated: done };
    await writeDocument(terminal, value, options, () => [connection.name, ...done.map(describe)]);
  });
}

/** Every version as SQL for `psql`, which may run again. */
function printMigrations(): string {
  const steps = migrations.map((sql, i) => `-- access log, version ${i + 1}\n${sql};\n`);
  const state = `-- sessions and factors, versions 1 to ${STATE_MIGRATIONS.length}\n${STATE_MIGRATION};\n`;
  const duties = `-- registers of duties, versions 1 to ${DUTIES_VERSION}\n${DUTIES_MIGRATION};\n`;
  return [...steps, state, duties].join("\n");
}

async function migrateAll(connection: Connection): Promise<readonly Migrated[]> {
  const log = await readLogVersion(connection);
  await migrate(connection);
  // What has just been made has this month only; the next one's first append need not wait.
  if (log < LOG_VERSION) await connection.query("select garim.cover(now() + interval '1 month')");
  const state = await readStateVersion(connection);
  await migrateState(connection);
  const duties = await readDutiesVersion(connection);
  await migrateDuties(connection);
  return [
    { schema: "log", from: log, to: LOG_VERSION },
    { schema: "state", from: state, to: STATE_MIGRATIONS.length },
    { schema: "duties", from: duties, to: DUTIES_VERSION },
  ];
}

const NAMES = {
  log: "access log",
  state: "sessions and factors",
  duties: "registers of duties",
} as const;

function describe({ schema, from, to }: Migrated): string {
  const name = NAMES[schema];
  if (from === to) return `${name}: version ${to}, nothing to do`;
  return from === 0 ? `${name}: made, version ${to}` : `${name}: from version ${from} to ${to}`;
}
