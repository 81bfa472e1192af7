// @ts-check
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { TOP } from "../run/process.mjs";

/**
 * @typedef {Readonly<Record<string, { readonly specifier: string, readonly version: string }>>} Direct
 *
 * @typedef {object} Importer
 * @property {Direct} [dependencies]
 * @property {Direct} [optionalDependencies]
 * @property {Direct} [devDependencies]
 *
 * @typedef {object} Snapshot
 * @property {Readonly<Record<string, string>>} [dependencies]
 * @property {Readonly<Record<string, string>>} [optionalDependencies]
 *
 * What pnpm-lock.yaml says.
 *
 * @typedef {object} Lockfile
 * @property {Readonly<Record<string, Importer>>} importers - by folder from the top
 * @property {Readonly<Record<string, { readonly resolution: { readonly integrity?: string } }>>} packages - by `name@version`
 * @property {Readonly<Record<string, Snapshot>>} snapshots - by `name@version(peers)`
 */

/** @returns {Lockfile} */
export function readLockfile() {
  return parse(readFileSync(join(TOP, "pnpm-lock.yaml"), "utf8"));
}

/**
 * A package from outside, of all that an installation brings.
 *
 * @typedef {object} Outside
 * @property {string} key - `name@version`
 * @property {string} name
 * @property {string} version
 * @property {readonly string[]} needs - keys of what it depends on
 */

/**
 * Lists what comes with a package of the workspace: its dependencies, theirs, and those of the workspace's own packages among them.
 * What stands beside for tests does not.
 *
 * @param {Lockfile} lock
 * @param {string} folder - `packages/express`
 * @param {readonly string[]} [beside] - names of packages among its devDependencies that a user installs, too: peers
 * @returns {readonly Outside[]} each once, by key
 */
export function closureOf(lock, folder, beside = []) {
  /** @type {Map<string, Outside>} */
  const found = new Map();
  const folders = foldersOf(lock, folder);
  const waiting = folders.flatMap((one) => directOf(lock, one, one === folder ? beside : []));
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { name, version } = next;
    const key = `${name}@${bare(version)}`;
    if (found.has(key)) continue;
    const needs = needsOf(lock, `${name}@${version}`);
    found.set(key, {
      key,
      name,
      version: bare(version),
      needs: needs.map((one) => `${one.name}@${bare(one.version)}`),
    });
    waiting.push(...needs);
  }
  return [...found.values()].toSorted((one, other) => (one.key < other.key ? -1 : 1));
}

/**
 * The folders of a package and of all packages of the workspace it depends on.
 *
 * @param {Lockfile} lock
 * @param {string} folder
 * @returns {readonly string[]}
 */
export function foldersOf(lock, folder) {
  const found = new Set([folder]);
  for (const one of found)
    for (const { version } of Object.values(lock.importers[one]?.dependencies ?? {}))
      if (version.startsWith("link:")) found.add(join(one, version.slice("link:".length)));
  return [...found];
}

/**
 * What a package of the workspace asks for from outside.
 *
 * @param {Lockfile} lock
 * @param {string} folder
 * @param {readonly string[]} [beside]
 */
export function directOf(lock, folder, beside = []) {
  const { dependencies = {}, optionalDependencies = {}, devDependencies = {} } = lock.importers[folder] ?? {};
  const peers = Object.entries(devDependencies).filter(([name]) => beside.includes(name));
  const optional = optionalPeersOf(folder);
  const asked = Object.entries({ ...dependencies, ...optionalDependencies });
  return [...asked.filter(([name]) => !optional.includes(name)), ...peers]
    .filter(([, { version }]) => !version.startsWith("link:"))
    .map(([name, { version }]) => ({ name, version }));
}

/** The lockfile has what the workspace tests with among the others; a user brings it, or not. @param {string} folder */
function optionalPeersOf(folder) {
  const path = join(TOP, folder, "package.json");
  if (!existsSync(path)) return [];
  /** @type {{ peerDependenciesMeta?: Readonly<Record<string, { readonly optional?: boolean }>> }} */
  const { peerDependenciesMeta = {} } = JSON.parse(readFileSync(path, "utf8"));
  return Object.keys(peerDependenciesMeta).filter((name) => peerDependenciesMeta[name]?.optional === true);
}

/** @param {Lockfile} lock @param {string} key - with peers */
function needsOf(lock, key) {
  const snapshot = lock.snapshots[key];
  if (snapshot === undefined) throw new Error(`pnpm-lock.yaml has no snapshot ${key}`);
  return Object.entries({ ...snapshot.dependencies, ...snapshot.optionalDependencies }).map(
    ([name, version]) => ({ name, version }),
  );
}

/** A version without the peers it was resolved with. @param {string} version */
function bare(version) {
  const at = version.indexOf("(");
  return at < 0 ? version : version.slice(0, at);
}
