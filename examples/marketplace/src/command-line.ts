import { parseArgs } from "node:util";
import { nearest } from "./nearest.ts";
import { PlainError } from "./plain-error.ts";

/** What the command was asked for. */
export interface CommandLine {
  readonly port?: number;
  readonly dataDir?: string;
  readonly ordersFile?: string;
  readonly fresh: boolean;
  readonly strict: boolean;
  readonly help: boolean;
}

export const USAGE = `Garim Market: an open market with Garim in front of its buyers' data

  npm start -- [options]

  --port PORT     port on this machine, 0 for any free one (default 3000)
  --data DIR      folder of the embedded database and the keys (default ./.garim/marketplace)
  --fresh         begin with an empty market; keys and, on a server, Garim's log stay
  --orders FILE   your own orders instead of the demo's: JSON, NDJSON or CSV, see examples/marketplace/README.md
  --strict        no course, no published privacy policy: no buyers' data
  --help          this text

  DATABASE_URL    use this PostgreSQL server instead of the embedded database
`;

const OPTIONS = {
  port: { type: "string" },
  data: { type: "string" },
  orders: { type: "string" },
  fresh: { type: "boolean" },
  strict: { type: "boolean" },
  help: { type: "boolean" },
} as const;

/**
 * Reads the command line.
 *
 * @throws PlainError naming what is wrong, and the nearest option for one that is unknown
 */
export function readCommandLine(args: readonly string[]): CommandLine {
  const { port, data, orders, fresh = false, strict = false, help = false } = parse(args);
  return {
    ...(port === undefined ? {} : { port: readPort(port) }),
    ...(data === undefined ? {} : { dataDir: data }),
    ...(orders === undefined ? {} : { ordersFile: orders }),
    fresh,
    strict,
    help,
  };
}

function parse(args: readonly string[]): ReturnType<typeof parseStrictly> {
  checkNames(args);
  try {
    return parseStrictly(args);
  } catch (error) {
    const [firstSentence = "The command line cannot be read"] = (error as Error).message.split(/[.\n]/);
    throw new PlainError(`${firstSentence}; see --help`);
  }
}

function parseStrictly(args: readonly string[]): {
  readonly port?: string;
  readonly data?: string;
  readonly orders?: string;
  readonly fresh?: boolean;
  readonly strict?: boolean;
  readonly help?: boolean;
} {
  return parseArgs({ args: [...args], options: OPTIONS, strict: true, allowPositionals: false }).values;
}

function checkNames(args: readonly string[]): void {
  for (const arg of args) {
    const name = /^--?([^=]+)/.exec(arg)?.[1];
    if (name === undefined || Object.hasOwn(OPTIONS, name)) continue;
    const near = nearest(name, Object.keys(OPTIONS));
    const hint = near === undefined ? "see --help" : `did you mean --${near}?`;
    throw new PlainError(`There is no option ${arg.split("=")[0]}; ${hint}`);
  }
}

function readPort(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (port <= 65_535) return port;
  throw new PlainError(`--port must be a number from 0 to 65535, not ${JSON.stringify(text)}`);
}
