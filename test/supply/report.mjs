// @ts-check
import { readFileSync } from "node:fs";
import { readInstalled } from "./installed.mjs";
import { closureOf, directOf, foldersOf } from "./lockfile.mjs";

/** @typedef {import("./lockfile.mjs").Lockfile} Lockfile @typedef {import("./lockfile.mjs").Outside} Outside */

/**
 * Why each direct dependency is there, the licences one may have, and what is built into pages: that comes with the package, too.
 *
 * @type {{ why: Readonly<Record<string, string>>, licences: readonly string[], bundled: Readonly<Record<string, readonly string[]>> }}
 */
export const KNOWN = JSON.parse(readFileSync(new URL("known.json", import.meta.url), "utf8"));

/** What a package asks for from outside, or has built into it. @param {Lockfile} lock @param {string} folder */
export function askedOf(lock, folder) {
  return directOf(lock, folder, KNOWN.bundled[folder]);
}

/**
 * Everything published packages bring, with who asks for it.
 *
 * @param {Lockfile} lock
 * @param {readonly string[]} folders - of the published packages
 */
export function listAll(lock, folders) {
  const all = new Map(
    folders.flatMap((folder) => closureOf(lock, folder, KNOWN.bundled[folder])).map((one) => [one.key, one]),
  );
  return [...all.values()].toSorted((one, other) => (one.key < other.key ? -1 : 1));
}

/**
 * Finds what nobody has spoken for: a direct dependency without a reason, a reason without one, a licence not known to be harmless,
 * something that runs when it is installed.
 *
 * @param {Lockfile} lock
 * @param {readonly string[]} folders
 * @param {{ readonly why: Readonly<Record<string, string>>, readonly licences: readonly string[] }} known
 * @param {(outside: Outside) => import("./installed.mjs").Installed | undefined} read
 * @returns {readonly string[]}
 */
export function findUnspoken(lock, folders, known, read) {
  const direct = new Set(folders.flatMap((folder) => askedOf(lock, folder)).map(({ name }) => name));
  const unlisted = [...direct].filter((name) => (known.why[name] ?? "") === "");
  const stale = Object.keys(known.why).filter((name) => !direct.has(name));
  return [
    ...unlisted.map((name) => `${name} has no reason in test/supply/known.json`),
    ...stale.map((name) => `${name} has a reason in test/supply/known.json, and no package asks for it`),
    ...listAll(lock, folders).flatMap((outside) => findFaults(outside, known.licences, read(outside))),
  ];
}

/** @param {Outside} outside @param {readonly string[]} licences @param {import("./installed.mjs").Installed | undefined} installed */
function findFaults({ key }, licences, installed) {
  if (installed === undefined) return [`${key} is not installed`];
  return [
    ...(licences.includes(installed.licence) ? [] : [`${key} has the licence ${installed.licence}`]),
    ...installed.scripts.map((script) => `${key} runs ${script} when it is installed`),
  ];
}

/** @param {Lockfile} lock @param {readonly string[]} folders */
export function writeReport(lock, folders) {
  const all = listAll(lock, folders);
  return `# What comes with Garim from outside

Written by \`npm test -- test/supply -u\` from the lockfile, what is installed, and [known.json](known.json); a test fails on what stands in
neither. Nothing of it runs when it is installed. \`npm run sbom\` writes the same for a release as CycloneDX, \`npm run audit\` asks
the registry for known holes.

## Asked for

| dependency | version | licence | of | why |
|---|---|---|---|---|
${writeDirect(lock, folders)}

## Brought

| package of ours | others of ours | packages from outside | MB of them |
|---|---|---|---|
${folders.map((folder) => writeSum(lock, folder)).join("\n")}

The host's own Express is not counted, nor is PGlite, which is optional. oidc-provider alone brings ${writeAlone(lock)}: what I1 compares
with. The budget of I1 is twice that, the house's own is 50 packages and 12 MB: **\`@garim/express\` keeps the second, and the first in packages
alone**, because of lru-cache, which ships its sources and maps, and @simplewebauthn/server with a tree for attestations nobody asks for here.
A test holds what there is; \`npm run bench -- I1 I1-mb\` installs both and compares.

## All of it

| package | licence | kB | because of |
|---|---|---|---|
${all.map((one) => writeOne(one, all, lock, folders)).join("\n")}
`;
}

/** @param {Lockfile} lock @param {readonly string[]} folders */
function writeDirect(lock, folders) {
  const asked = folders.flatMap((folder) => askedOf(lock, folder).map((one) => ({ ...one, folder })));
  return [...new Set(asked.map(({ name }) => name))]
    .toSorted()
    .map((name) => {
      const own = asked.filter((one) => one.name === name);
      const [first] = own;
      const version = String(first?.version.replace(/\(.*/, ""));
      const licence = readInstalled({ key: "", name, version, needs: [] })?.licence;
      const of = own.map(({ folder }) => folder.replace("packages/", "")).join(", ");
      return `| ${name} | ${version} | ${licence} | ${of} | ${KNOWN.why[name]} |`;
    })
    .join("\n");
}

/** @param {Lockfile} lock @param {string} folder */
function writeSum(lock, folder) {
  const outside = closureOf(lock, folder, KNOWN.bundled[folder]);
  const ours = foldersOf(lock, folder).length - 1;
  return `| @garim/${folder.replace("packages/", "")} | ${ours} | ${outside.length} | ${(sumOf(outside) / 1e6).toFixed(1)} |`;
}

/** What oidc-provider brings by itself. @param {Lockfile} lock */
function writeAlone(lock) {
  const { dependencies = {} } = lock.importers["packages/token-server"] ?? {};
  const own = Object.entries(dependencies).filter(([name]) => name === "oidc-provider");
  const alone = closureOf(
    { ...lock, importers: { alone: { dependencies: Object.fromEntries(own) } } },
    "alone",
  );
  return `${alone.length} packages, ${(sumOf(alone) / 1e6).toFixed(1)} MB`;
}

/** @param {readonly Outside[]} outside */
export function sumOf(outside) {
  return outside.reduce((sum, one) => sum + (readInstalled(one)?.sizeBytes ?? 0), 0);
}

/** @param {Outside} one @param {readonly Outside[]} all @param {Lockfile} lock @param {readonly string[]} folders */
function writeOne(one, all, lock, folders) {
  const { licence = "not installed", sizeBytes = 0 } = readInstalled(one) ?? {};
  const ours = folders.filter((folder) => askedOf(lock, folder).some(({ name }) => name === one.name));
  const parents = all.filter(({ needs }) => needs.includes(one.key)).map(({ name }) => name);
  const because = [...ours.map((folder) => folder.replace("packages/", "@garim/")), ...parents];
  return `| ${one.key} | ${licence} | ${Math.ceil(sizeBytes / 1e3)} | ${because.slice(0, 4).join(", ")}${because.length > 4 ? ", …" : ""} |`;
}
