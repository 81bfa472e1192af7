// @ts-check
import { readSource } from "./modules.mjs";
import { edit, parse } from "./tools.mjs";

/**
 * One small change of one source.
 *
 * @typedef {object} Mutant
 * @property {string} path - from the package's folder
 * @property {number} line
 * @property {string} was
 * @property {string} by
 * @property {string} source - the whole changed module
 *
 * @typedef {import("./tools.mjs").Node} Node
 * @typedef {{ readonly node: Node, readonly by: string }} Change
 */

/** @type {Readonly<Record<string, readonly string[]>>} */
const OPERATORS = {
  "<": ["<=", ">="],
  "<=": ["<", ">"],
  ">": [">=", "<="],
  ">=": [">", "<"],
  "===": ["!=="],
  "!==": ["==="],
  "+": ["-"],
  "-": ["+"],
  "*": ["/"],
  "%": ["*"],
  "**": ["*"],
  "&": ["|"],
  "|": ["&"],
  "<<": [">>"],
};

/** Calls that could have been another one. */
/** @type {Readonly<Record<string, string>>} */
const CALLS = {
  "Math.min": "Math.max",
  "Math.max": "Math.min",
  mask: "withhold",
  withhold: "mask",
};

const METHODS = /** @type {Readonly<Record<string, string>>} */ ({ some: "every", every: "some" });

/** Words that stand in for each other: the kinds of decisions, surfaces, states, openers. */
const FAMILIES = [
  ["reveal", "mask", "withhold"],
  ["view", "download", "tool"],
  ["open", "claim"],
  ["buyer", "operator", "seller"],
];

/** Texts a program reads; sentences for people have tests of their own. */
const WORD = /^[\w/.-]+$/;

/**
 * Every mutant of a module.
 *
 * @param {string} path
 * @returns {readonly Mutant[]}
 */
export function listMutants(path) {
  const text = readSource(path);
  /** @type {Mutant[]} */
  const mutants = [];
  for (const { node, by } of walk(parse(path, text), text)) {
    const { start, end } = node;
    const line = text.slice(0, start).split("\n").length;
    const was = text.slice(start, end);
    if (was !== by) mutants.push({ path, line, was, by, source: edit(text, [{ start, end, by }]) });
  }
  return mutants;
}

/**
 * Changes of a node and all below it. Types, imports and docs hold nothing that runs.
 *
 * @param {Node} node
 * @param {string} text
 * @returns {Generator<Change>}
 */
function* walk(node, text) {
  if (/^TS(?!AsExpression|SatisfiesExpression|NonNullExpression)|^Import|^ExportAll/.test(node.type)) return;
  if (node.type === "ExportNamedDeclaration" && node["source"]) return;
  yield* changesOf(node, text);
  for (const [name, value] of Object.entries(node)) {
    // The key of a property is a name, not a value.
    if (name === "key" && !node["computed"]) continue;
    for (const child of Array.isArray(value) ? value : [value])
      if (typeof child?.type === "string") yield* walk(child, text);
  }
}

/**
 * @param {Node} node
 * @param {string} text
 * @returns {Generator<Change>}
 */
function* changesOf(node, text) {
  const of = (/** @type {Node} */ one) => text.slice(one.start, one.end);
  switch (node.type) {
    case "BinaryExpression":
      for (const by of OPERATORS[node["operator"]] ?? [])
        yield { node, by: `${of(node["left"])} ${by} ${of(node["right"])}` };
      return;
    case "LogicalExpression": {
      const [left, right] = [of(node["left"]), of(node["right"])];
      yield { node, by: `(${left})` };
      yield { node, by: `(${right})` };
      if (node["operator"] !== "??")
        yield { node, by: `((${left}) ${node["operator"] === "&&" ? "||" : "&&"} (${right}))` };
      return;
    }
    case "UnaryExpression":
      if (["!", "-", "~"].includes(node["operator"])) yield { node, by: of(node["argument"]) };
      return;
    case "UpdateExpression":
      yield { node, by: of(node).replace("++", "--") };
      return;
    case "AssignmentExpression":
      if (node["operator"] !== "=") yield { node, by: `${of(node["left"])} = ${of(node["right"])}` };
      return;
    case "ConditionalExpression":
    case "IfStatement":
      for (const by of ["true", "false"]) yield { node: node["test"], by };
      return;
    case "ContinueStatement":
      yield { node, by: ";" };
      return;
    case "CallExpression":
      yield* changesOfCall(node, of);
      return;
    case "ArrayExpression":
      if (node["elements"].length > 0) yield { node, by: "[]" };
      return;
    case "Literal":
      yield* changesOfLiteral(node, of(node));
      return;
    case "Identifier":
      if (node["name"] === "ALLOW") yield { node, by: `({ kind: "refuse", reason: "unavailable" })` };
      if (node["name"] === "ALL_KINDS") yield { node, by: "0" };
      if (node["name"] === "NO_KINDS") yield { node, by: "1" };
      return;
    default:
  }
}

/**
 * @param {Node} node
 * @param {(one: Node) => string} of
 * @returns {Generator<Change>}
 */
function* changesOfCall(node, of) {
  const callee = of(node["callee"]);
  const other = CALLS[callee];
  if (other !== undefined) yield { node: node["callee"], by: other };
  if (callee === "refuse") yield { node, by: `({ kind: "allow" })` };
  const { object, property } = node["callee"];
  if (property === undefined) return;
  const method = METHODS[property.name];
  if (method !== undefined) yield { node: property, by: method };
  if (property.name === "filter") yield { node, by: of(object) };
}

/**
 * @param {Node} node
 * @param {string} text
 * @returns {Generator<Change>}
 */
function* changesOfLiteral(node, text) {
  const { value } = node;
  if (typeof value === "boolean") yield { node, by: String(!value) };
  if (typeof value === "number") for (const by of [value + 1, value - 1]) yield { node, by: `(${by})` };
  if (typeof value === "string" && WORD.test(value)) {
    const family = FAMILIES.find((words) => words.includes(value)) ?? [];
    for (const by of ["", ...family]) yield { node, by: JSON.stringify(by) };
  }
  if (node["regex"]) {
    yield { node, by: text.replace("/^", "/") };
    yield { node, by: text.replace(/\$(\/\w*)$/, "$1") };
  }
}
