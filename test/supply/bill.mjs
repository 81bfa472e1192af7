// @ts-check
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { TOP } from "../run/process.mjs";
import { readInstalled } from "./installed.mjs";
import { foldersOf } from "./lockfile.mjs";
import { askedOf, listAll } from "./report.mjs";

/** @typedef {import("./lockfile.mjs").Lockfile} Lockfile @typedef {import("./lockfile.mjs").Outside} Outside */

/**
 * Makes the bill of materials (SBOM) of the published packages: CycloneDX 1.6 as JSON. The same lockfile makes the same bill, but for
 * the moment.
 *
 * @param {Lockfile} lock
 * @param {readonly string[]} folders - of the published packages
 * @param {string} at - ISO 8601, UTC
 */
export function makeBill(lock, folders, at) {
  const outside = listAll(lock, folders);
  const ours = folders.map(readOurs);
  const version = ours[0]?.version ?? "0.0.0";
  return {
    $schema: "http://cyclonedx.org/schema/bom-1.6.schema.json",
    bomFormat: "CycloneDX",
    specVersion: "1.6",
    serialNumber: `urn:uuid:${uuidOf(JSON.stringify([ours, outside]))}`,
    version: 1,
    metadata: {
      timestamp: at,
      component: {
        type: "library",
        "bom-ref": "garim",
        name: "garim",
        version,
        licenses: [{ license: { id: "MIT" } }],
      },
    },
    components: [...ours.map(ourComponent), ...outside.map((one) => outsideComponent(one, lock))],
    dependencies: [
      { ref: "garim", dependsOn: ours.map(({ name, version: own }) => urlOf(name, own)) },
      ...folders.map((folder) => ({ ref: refOf(folder), dependsOn: needsOfOurs(lock, folder) })),
      ...outside.map(({ name, version: own, needs }) => ({
        ref: urlOf(name, own),
        dependsOn: outside
          .filter(({ key }) => needs.includes(key))
          .map((one) => urlOf(one.name, one.version)),
      })),
    ],
  };
}

/** @param {string} folder @returns {{ name: string, version: string, license: string, description: string }} */
function readOurs(folder) {
  const { name, version, license, description } = JSON.parse(
    readFileSync(join(TOP, folder, "package.json"), "utf8"),
  );
  return { name, version, license, description };
}

/** @param {ReturnType<typeof readOurs>} ours */
function ourComponent({ name, version, license, description }) {
  const url = urlOf(name, version);
  return {
    type: "library",
    "bom-ref": url,
    ...splitName(name),
    version,
    description,
    licenses: licencesOf(license),
    purl: url,
  };
}

/** @param {Outside} outside @param {Lockfile} lock */
function outsideComponent(outside, { packages }) {
  const { key, name, version } = outside;
  const [algorithm = "", base64 = ""] = (packages[key]?.resolution.integrity ?? "").split("-");
  const url = urlOf(name, version);
  const content = Buffer.from(base64, "base64").toString("hex");
  return {
    type: "library",
    "bom-ref": url,
    ...splitName(name),
    version,
    hashes: content === "" ? [] : [{ alg: algorithm.replace("sha", "SHA-"), content }],
    licenses: licencesOf(readInstalled(outside)?.licence),
    purl: url,
  };
}

/** @param {string} name */
function splitName(name) {
  const [group, rest] = name.split("/");
  return rest === undefined ? { name } : { group, name: rest };
}

/** @param {string | undefined} licence - SPDX: an id, or an expression */
function licencesOf(licence) {
  if (licence === undefined || licence === "unknown") return [];
  return [/[ ()]/.test(licence) ? { expression: licence } : { license: { id: licence } }];
}

/** @param {Lockfile} lock @param {string} folder */
function needsOfOurs(lock, folder) {
  const own = foldersOf(lock, folder).filter((one) => one !== folder && isDirect(lock, folder, one));
  return [
    ...own.map(refOf),
    ...askedOf(lock, folder).map(({ name, version }) => urlOf(name, version.replace(/\(.*/, ""))),
  ];
}

/** @param {Lockfile} lock @param {string} folder @param {string} other */
function isDirect(lock, folder, other) {
  return Object.values(lock.importers[folder]?.dependencies ?? {}).some(
    ({ version }) => version.startsWith("link:") && join(folder, version.slice(5)) === other,
  );
}

/** @param {string} folder */
function refOf(folder) {
  const { name, version } = readOurs(folder);
  return urlOf(name, version);
}

/** The package URL, `pkg:npm/%40garim/policy@1.0.0`. @param {string} name @param {string} version */
function urlOf(name, version) {
  return `pkg:npm/${name.replace("@", "%40")}@${version}`;
}

/** A UUID of version 8 made of a text. @param {string} text */
function uuidOf(text) {
  const hex = createHash("sha256").update(text).digest("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
