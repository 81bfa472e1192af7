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
const TEMPLATE = join(tmpdir(), `garim-pglite-${version}-${userInfo().username}.tar`);

async function makeTemplate(): Promise<void> {
  const database = await real.PGlite.create();
  const data = await database.dumpDataDir("none");
  await database.close();
  const mine = `${TEMPLATE}.${process.pid}`;
  writeFileSync(mine, Buffer.from(await data.arrayBuffer()));
  // At once: another file's tests may be at the same.
  renameSync(mine, TEMPLATE);
}

if (!existsSync(TEMPLATE)) await makeTemplate();
const template = new Blob([readFileSync(TEMPLATE)]);

type Options = Pglite.PGliteOptions;

function begin(folder: string | Options | undefined, options: Options = {}): Options {
  const all =
    typeof folder === "object"
      ? folder
      : { ...options, ...(folder === undefined ? {} : { dataDir: folder }) };
  const { dataDir = "" } = all;
  const isNew = dataDir === "" || !existsSync(join(dataDir, "PG_VERSION"));
  return isNew && all.loadDataDir === undefined ? { ...all, loadDataDir: template } : all;
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
