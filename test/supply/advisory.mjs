// @ts-check

/**
 * A known hole in a dependency.
 *
 * @typedef {object} Advisory
 * @property {string} id - `GHSA-…`
 * @property {string} name - of the package
 * @property {string} severity
 * @property {string} title
 *
 * A hole that is known and stays for now.
 *
 * @typedef {object} Explained
 * @property {string} id
 * @property {string} because
 */

/**
 * Reads what `pnpm audit --json` said.
 *
 * @param {string} output
 * @returns {readonly Advisory[] | undefined} `undefined` where it could not ask
 */
export function readAdvisories(output) {
  const said = parse(output);
  if (said === undefined || "error" in said || said["advisories"] === undefined) return undefined;
  const advisories = /** @type {Readonly<Record<string, Readonly<Record<string, unknown>>>>} */ (
    said["advisories"]
  );
  return Object.values(advisories).map((one) => ({
    id: String(one["github_advisory_id"] ?? one["id"]),
    name: String(one["module_name"]),
    severity: String(one["severity"]),
    title: String(one["title"]),
  }));
}

/** @param {string} output @returns {Readonly<Record<string, unknown>> | undefined} */
function parse(output) {
  try {
    const value = JSON.parse(output);
    return typeof value === "object" && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Finds holes nobody has explained, and explanations of holes that are gone.
 *
 * @param {readonly Advisory[]} advisories
 * @param {readonly Explained[]} explained
 * @returns {readonly string[]}
 */
export function findUnexplained(advisories, explained) {
  const open = advisories.filter(({ id }) => !explained.some((one) => one.id === id && one.because !== ""));
  const gone = explained.filter(({ id }) => !advisories.some((one) => one.id === id));
  return [
    ...open.map(({ id, name, severity, title }) => `${id} (${severity}) in ${name}: ${title}`),
    ...gone.map(({ id }) => `${id} is explained in test/supply/explained.json, and gone`),
  ];
}
