// @ts-check
// `npm run --silent sbom [-- FILE]`: the bill of materials of what is released, CycloneDX 1.6 as JSON, to a file or to stdout.
import { writeFileSync } from "node:fs";
import { makeBill } from "./bill.mjs";
import { readLockfile } from "./lockfile.mjs";
import { listPublished } from "./published.mjs";

const [file] = process.argv.slice(2);
const text = `${JSON.stringify(makeBill(readLockfile(), listPublished(), new Date().toISOString()), null, 2)}\n`;
if (file === undefined) process.stdout.write(text);
else writeFileSync(file, text);
