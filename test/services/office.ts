import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { leftOut } from "./left-out.ts";

/** Debian's Python, for which LibreOffice's and msoffcrypto's modules are installed. */
const PYTHON = "/usr/bin/python3";
const SCRIPT = fileURLToPath(new URL("office.py", import.meta.url));
const OFFICE = "/usr/bin/soffice";

/** A document as LibreOffice has it; without sheets where it refused. */
export interface OfficeDocument {
  readonly refused?: string;
  readonly sheets?: readonly OfficeSheet[];
}

export interface OfficeSheet {
  readonly name: string;
  /** All cells of the used area: numbers (dates as their serials) and texts; empty ones are empty texts. */
  readonly rows: readonly (readonly (string | number)[])[];
  /** The first 50 rows as a person reads them. */
  readonly shown: readonly (readonly string[])[];
  /** How many cells are formulas. */
  readonly formulas: number;
}

/**
 * Whether LibreOffice with UNO and msoffcrypto-tool are here; what is not is said.
 *
 * @param what - the tests that need them
 * @throws Error under `GARIM_REQUIRE_SERVICES=1`
 */
export async function hasOfficeOrSkip(what: string): Promise<boolean> {
  try {
    await promisify(execFile)(PYTHON, ["-c", "import uno, msoffcrypto"]);
    if (!existsSync(OFFICE)) throw new Error(`no ${OFFICE}`);
    return true;
  } catch (error) {
    const [why] = String(error).split("\n");
    leftOut(
      what,
      `no office (${why}); install libreoffice-calc-nogui, python3-uno and python3-msoffcrypto-tool`,
    );
    return false;
  }
}

/** Opens documents in one headless LibreOffice of its own. */
export async function openInOffice(
  files: readonly { readonly path: string; readonly password: string }[],
): Promise<readonly OfficeDocument[]> {
  const child = spawn(PYTHON, [SCRIPT], { stdio: ["pipe", "pipe", "pipe"] });
  child.stdin.end(JSON.stringify(files));
  const [out, said] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "close")]);
  if (child.exitCode !== 0) throw new Error(`LibreOffice failed:\n${said}`);
  return JSON.parse(out) as readonly OfficeDocument[];
}

/** The command of msoffcrypto-tool leaves the integrity check out; its library does it when asked. */
const DECRYPT = `
import sys, msoffcrypto
document = msoffcrypto.OfficeFile(open(sys.argv[1], "rb"))
try:
    document.load_key(password=sys.argv[3], verify_password=True)
    document.decrypt(open(sys.argv[2], "wb"), verify_integrity=True)
except msoffcrypto.exceptions.InvalidKeyError as error:
    sys.exit(9)
`;

/**
 * Decrypts a document with msoffcrypto-tool, password and integrity checked.
 *
 * @returns the clear package, or `undefined` where it refuses the password, or the file as changed
 */
export async function decryptWithMsoffcrypto(
  path: string,
  password: string,
): Promise<Uint8Array | undefined> {
  const folder = await mkdtemp(join(tmpdir(), "garim-msoffcrypto-"));
  try {
    const out = join(folder, "clear");
    await promisify(execFile)(PYTHON, ["-c", DECRYPT, path, out, password]);
    return await readFile(out);
  } catch (error) {
    if ((error as { readonly code?: unknown }).code === 9) return undefined;
    throw error;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
