// A second verifier, written from packages/audit/FORMAT.md alone: it shares no code with the packages, and agrees with them.
//   node verifier.mjs <verifier key> <bundle.json>
//   node verifier.mjs <verifier key> <checkpoints.ndjson> <rows.ndjson>
import { createHash, createPublicKey, verify } from "node:crypto";
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const sha256 = (...parts) => parts.reduce((hash, part) => hash.update(part), createHash("sha256")).digest();
const leafOf = (...parts) => sha256(Buffer.of(0), ...parts);
const nodeOf = (left, right) => sha256(Buffer.of(1), left, right);
const monthOf = (at) => new Date(at).toISOString().slice(0, 7);
const isCount = (value) => Number.isSafeInteger(value) && value >= 0 && !Object.is(value, -0);

function demand(holds, why) {
  if (!holds) throw new Error(why);
}

function base64(text, length) {
  const bytes = Buffer.from(String(text), "base64");
  demand(bytes.toString("base64") === text, "not base64 in its one form");
  demand(length === undefined || bytes.length === length, `not ${length} bytes`);
  return bytes;
}

const hashes = (texts) => texts.map((text) => base64(text, 32));

// RFC 9162 section 2.1.1: where a tree of at least two leaves parts.
function middle(size) {
  let width = 1;
  while (width * 2 < size) width *= 2;
  return width;
}

function treeRoot(leaves) {
  if (leaves.length < 2) return leaves[0] ?? sha256();
  const at = middle(leaves.length);
  return nodeOf(treeRoot(leaves.slice(0, at)), treeRoot(leaves.slice(at)));
}

// Section 2.1.3: the root that a leaf and the hashes beside its way lead to; the last of them stands next to the root.
function rootOver(leaf, index, size, path) {
  demand(isCount(index) && isCount(size) && index < size, "no such leaf");
  demand(path.length > 0 === size > 1, "too many or too few hashes");
  if (size === 1) return leaf;
  const [at, rest, beside] = [middle(size), path.slice(0, -1), path.at(-1)];
  if (index < at) return nodeOf(rootOver(leaf, index, at, rest), beside);
  return nodeOf(beside, rootOver(leaf, index - at, size - at, rest));
}

// Section 2.1.4: the old root and the new one, from the hashes of a consistency proof.
function rootsOver(oldSize, newSize, path, known) {
  demand(path.length > 0 === (oldSize < newSize || known === undefined), "too many or too few hashes");
  if (oldSize === newSize) return [known ?? path[0], known ?? path[0]];
  const [at, rest, beside] = [middle(newSize), path.slice(0, -1), path.at(-1)];
  const [was, is] =
    oldSize > at ? rootsOver(oldSize - at, newSize - at, rest) : rootsOver(oldSize, at, rest, known);
  return oldSize > at ? [nodeOf(beside, was), nodeOf(beside, is)] : [was, nodeOf(is, beside)];
}

function isConsistent(older, newer, path) {
  if (older.size === 0) return older.root.equals(sha256()) && path.length === 0;
  const [before, after] = older.size > newer.size ? [] : rootsOver(older.size, newer.size, path, older.root);
  return older.root.equals(before) && newer.root.equals(after);
}

function readKey(text) {
  const [, name, id, bytes] = /^([^+]+)\+([0-9a-f]{8})\+(.{44})$/.exec(text) ?? [];
  const key = base64(bytes, 33);
  demand(key[0] === 1 && sha256(`${name}\n`, key).toString("hex").startsWith(id), "no Ed25519 key");
  const der = Buffer.concat([Buffer.from("302a300506032b6570032100", "hex"), key.subarray(1)]);
  return { name, id, key: createPublicKey({ key: der, format: "der", type: "spki" }) };
}

// C2SP signed-note and tlog-checkpoint.
function openCheckpoint(note, keys, origin) {
  const bytes = Buffer.from(note);
  demand(bytes.length <= 262_144 && !bytes.some((byte) => byte < 32 && byte !== 10), "no note");
  const end = note.lastIndexOf("\n\n");
  const lines = note.slice(end + 2).split("\n");
  demand(end >= 0 && lines.pop() === "" && lines.length <= 32, "no signatures");
  const text = note.slice(0, end + 1);
  const isSigned = lines.map((line) => {
    const [, name, encoded] = /^— ([^\p{White_Space}+]+) (\S+)$/u.exec(line) ?? [];
    const [id, signature] = [base64(encoded).subarray(0, 4).toString("hex"), base64(encoded).subarray(4)];
    const known = keys.find((key) => key.name === name && key.id === id);
    const isGood = known !== undefined && verify(null, Buffer.from(text), known.key, signature);
    demand(signature.length > 0 && (known === undefined || isGood), "a wrong signature");
    return isGood;
  });
  const [said, size, root] = text.split("\n");
  demand(isSigned.includes(true) && said === origin, "not signed by a trusted key for this log");
  return { size: Number(size), root: base64(root, 32) };
}

function batchLeaf({ no, first, size, at }, root) {
  demand([no, first, size, at].every(isCount) && size < 2 ** 32, "no batch");
  const numbers = Buffer.alloc(28);
  numbers.writeBigUInt64BE(BigInt(no), 0);
  numbers.writeBigUInt64BE(BigInt(first), 8);
  numbers.writeUInt32BE(size, 16);
  numbers.writeBigUInt64BE(BigInt(at), 20);
  return leafOf("garim/batch/v1\0", numbers, root);
}

// RFC 8949, as much as a record has: a value, and where the next one begins.
function readCbor(bytes, at) {
  const [major, low] = [bytes[at] >> 5, bytes[at] & 31];
  let next = at + 1 + (low < 24 ? 0 : 2 ** (low - 24));
  demand(low < 28 && next <= bytes.length, "no CBOR");
  const number = low < 24 ? low : Number(`0x${bytes.subarray(at + 1, next).toString("hex")}`);
  if (major < 2) return [major === 0 ? number : -1 - number, next];
  if (major === 7) return [null, next];
  if (major < 4) return [bytes.subarray(next, next + number), next + number];
  const items = [];
  for (let left = major === 4 ? number : 2 * number; left > 0; left--) {
    const [item, after] = readCbor(bytes, next);
    items.push(item);
    next = after;
  }
  return [items, next];
}

const objectOf = (items) =>
  Object.fromEntries(items.flatMap((key, i) => (i % 2 ? [] : [[String(key), items[i + 1]]])));

// What tells body and pseudonyms apart, which record it is, and which month it says is destroyed.
function readRecord(body, subjects) {
  const [items, end] = readCbor(body, 0);
  const { 0: version, 1: id, 3: at, 5: whom, 6: action, 7: outcome, 26: detail = [] } = objectOf(items);
  demand(end === body.length && version === 1, "no record");
  demand(subjects.length === 16 * whom[1], "not its pseudonyms");
  const { month, first, last } = objectOf(detail);
  const destroyed = `${action} ${outcome}` === "destroy-records done" && {
    month: String(month),
    first,
    last,
  };
  return { id: id.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-"), at, destroyed };
}

const hasMembers = (object, names) => Object.keys(object).sort().join(" ") === names;

export function checkBundle(bundle, verifierKeys, origin) {
  const keys = verifierKeys.map(readKey);
  const { format, id, seq, record, batch, proof, since } = bundle;
  const names = `batch format id proof record seq${Object.hasOwn(bundle, "since") ? " since" : ""}`;
  demand(hasMembers(bundle, names) && hasMembers(record, "body subjects"), "another format");
  demand(hasMembers(batch, "at first index no path root size"), "another format");
  demand(format === "garim/bundle/v1" && seq === batch.first + batch.index, "not its place");
  const [body, subjects, path] = [base64(record.body), base64(record.subjects), hashes(batch.path)];
  const root = rootOver(leafOf(body, subjects), batch.index, batch.size, path);
  demand(root.equals(base64(batch.root, 32)), "not in its batch");
  const end = proof.indexOf("\n\n");
  const [head, index, ...way] = proof.slice(0, end).split("\n");
  demand(head === "c2sp.org/tlog-proof@v1" && index === `index ${batch.no - 1}`, "no proof of that batch");
  const newer = openCheckpoint(proof.slice(end + 2), keys, origin);
  const top = rootOver(batchLeaf(batch, root), batch.no - 1, newer.size, hashes(way));
  demand(top.equals(newer.root), "not in the log");
  if (Object.hasOwn(bundle, "since")) {
    demand(hasMembers(since, "note proof"), "another format");
    const older = openCheckpoint(since.note, keys, origin);
    demand(isConsistent(older, newer, hashes(since.proof)), "another log than before");
  }
  const { destroyed: _, ...read } = readRecord(body, subjects);
  demand(read.id === id, "not its id");
  return { seq, ...read };
}

// The copy outside the database proves itself; the rows, { seq, body, subjects }, are then held against it.
export function checkCopy(lines, rows, verifierKeys, origin) {
  const keys = verifierKeys.map(readKey);
  const [batches, leaves, stored] = [[], [], new Map()];
  let proven = 0;
  for (const { batches: added, note = null } of lines) {
    for (const batch of added) {
      const { no, size } = batch;
      const all = batch.leaves === undefined ? undefined : base64(batch.leaves, 32 * size);
      const own = all && Array.from({ length: size }, (_, i) => all.subarray(32 * i, 32 * i + 32));
      const root = own === undefined ? base64(batch.root, 32) : treeRoot(own);
      const leaf = batchLeaf(batch, root);
      demand(no >= 1 && no <= leaves.length + 1, `batch ${leaves.length + 1} is missing in the copy`);
      demand((leaves[no - 1] ?? leaf).equals(leaf), `batch ${no} stands twice in the copy, and differs`);
      [leaves[no - 1], batches[no - 1]] = [
        leaf,
        { ...batch, month: monthOf(batch.at), root, own, end: batch.first + size },
      ];
    }
    if (note === null) continue;
    const { size, root } = openCheckpoint(note, keys, origin);
    demand(size <= leaves.length && treeRoot(leaves.slice(0, size)).equals(root), "not what was signed");
    proven = Math.max(proven, size);
  }
  const claims = rows.map(({ seq, body, subjects }) => {
    const bytes = [base64(body), base64(subjects)];
    stored.set(seq, leafOf(...bytes));
    return { seq, ...readRecord(...bytes).destroyed };
  });
  let records = 0;
  for (const { first, month, end, root, own } of batches.slice(0, proven)) {
    const found = Array.from({ length: end - first }, (_, i) => stored.get(first + i));
    const lost = found.indexOf(undefined);
    // A record of a later place, held itself, says that the month was destroyed; what outlives it is held against its leaf.
    const isOfIt = (one) => one.month === month && one.first <= first && one.last >= end - 1;
    const isSaid = (one) => isOfIt(one) && one.seq > one.last && one.seq < batches[proven - 1].end;
    demand(lost < 0 || claims.some(isSaid), `record ${first + lost} is missing`);
    const isKept = (leaf, i) => leaf === undefined || own?.[i].equals(leaf);
    const isSame = lost < 0 ? treeRoot(found).equals(root) : found.every(isKept);
    demand(isSame, `a record of ${first} to ${end - 1} was changed`);
    records += found.filter(Boolean).length;
  }
  return { batches: proven, records };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const [key, ...paths] = process.argv.slice(2);
  const [text, rows] = paths.map((path) => readFileSync(path, "utf8"));
  const parse = (lines) => lines.split(/(?<=\})\n/).flatMap((line) => (line === "" ? [] : JSON.parse(line)));
  const trust = [[key], key.split("+")[0]];
  console.log(rows ? checkCopy(parse(text), parse(rows), ...trust) : checkBundle(JSON.parse(text), ...trust));
}
