import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type * as Pglite from "@electric-sql/pglite";

/**
 * PGlite as tests get it in place of the package: the same, but a new database begins as a copy of one that was made once, which takes
 * a fifth of making it. The package is found by its path: by its name it is this module.
 */
const require = createRequire(import.meta.url);
const file = require.resolve("@electric-sql/pglite").replace(/\.cjs$/, ".js");
const real = (await import(/* @vite-ignore */ pathToFileURL(file).href)) as typeof Pglite;

const { version } = require(join(file, "../../package.json")) as { readonly version: string };

/** Templates that were read or made in this process, by their paths. */
const templates = new Map<string, Promise<Blob>>();

/** @param name - of what is made: whoever wants something else names it otherwise */
function templateOf(name: string, make: () => Promise<Pglite.PGlite>): Promise<Blob> {
  const path = join(tmpdir(), `garim-pglite-${version}-${userInfo().username}-small${name}.tar`);
  const found = templates.get(path) ?? readOrMake(path, make);
  templates.set(path, found);
  return found;
}

async function readOrMake(path: string, make: () => Promise<Pglite.PGlite>): Promise<Blob> {
  if (!existsSync(path)) {
    const database = await make();
    // Without it each copy begins by doing all of this again.
    await database.exec("checkpoint");
    const data = await database.dumpDataDir("none");
    await database.close();
    const mine = `${path}.${process.pid}`;
    writeFileSync(mine, withoutTemplates(Buffer.from(await data.arrayBuffer())));
    // At once: another file's tests may be at the same.
    renameSync(mine, path);
  }
  return new Blob([readFileSync(path)]);
}

/** What PostgreSQL makes further databases of, two thirds of all files: PGlite has the one. */
const UNUSED = /^\/?base\/[14]\/./;
const BLOCK = 512;

/** A tar is blocks: of each file a head, with its name first and its size in octal digits, and its bytes. */
function withoutTemplates(tar: Buffer): Buffer {
  const kept: Buffer[] = [];
  for (let at = 0; at < tar.length; ) {
    const name = tar.toString("latin1", at, tar.indexOf(0, at));
    const size = Number.parseInt(tar.toString("latin1", at + 124, at + 136), 8) || 0;
    const end = at + BLOCK * (1 + Math.ceil(size / BLOCK));
    if (!UNUSED.test(name)) kept.push(tar.subarray(at, end));
    at = end;
  }
  return Buffer.concat(kept);
}

const empty = await templateOf("", () => real.PGlite.create());

type Options = Pglite.PGliteOptions;

function begin(folder: string | Options | undefined, options: Options = {}): Options {
  const all =
    typeof folder === "object"
      ? folder
      : { ...options, ...(folder === undefined ? {} : { dataDir: folder }) };
  const { dataDir = "" } = all;
  const isNew = dataDir === "" || !existsSync(join(dataDir, "PG_VERSION"));
  return isNew && all.loadDataDir === undefined ? { ...all, loadDataDir: empty } : all;
}

export class PGlite extends real.PGlite {
  constructor(folder?: string | Options, options?: Options) {
    super(begin(folder, options));
  }

  static override async create(folder?: string | Options, options?: Options): Promise<never> {
    const database = new PGlite(folder as string, options);
    await database.waitReady;
    return database as never;
  }
}

/**
 * Opens a database in memory that begins as a copy of one that was made once on this machine.
 *
 * @param name - changes with what `make` does
 * @param make - fills the one that is copied
 */
export async function openCopy(
  name: string,
  make: (database: PGlite) => Promise<void>,
): Promise<Pglite.PGlite> {
  const loadDataDir = await templateOf(`-${name}`, async () => {
    const database: PGlite = await PGlite.create();
    await make(database);
    return database;
  });
  return await PGlite.create({ loadDataDir });
}
