import { createHash } from "node:crypto";
import {
  ALLOW,
  decidePublication,
  decidePublished,
  PRIVACY_SECTIONS,
  type PrivacySections,
} from "@garim/policy";
import { readId, readLine, refuseMember } from "../input.ts";
import { createTeller } from "../on-record.ts";
import type { KeepingOptions } from "../options.ts";
import { cursorInvalid, readLimit, readParts } from "../retention/paging.ts";
import { askRow, askRowAgain, type DutyRow, dutiesUnavailable } from "../store/database.ts";
import { migrateDuties } from "../tables/migration.ts";
import type {
  PrivacyDocument,
  PrivacyPolicies,
  PrivacyVersion,
  PublishedPrivacy,
  SellerVersion,
} from "./privacy.ts";
import { FIND, HISTORY, PUBLISH, PUBLISHED } from "./privacy-sql.ts";

const LONGEST_SECTION = 20_000;
/** Publications that may come between before one gives up. */
const ROUNDS = 20;
/** How long a seller with a policy is not looked up again: a version is never taken away. */
const GOOD_MS = 3_600_000;
const MOST_GOOD = 50_000;

/**
 * Opens sellers' privacy policies.
 *
 * @throws GarimError `ERR_GARIM_STATE_UNAVAILABLE`, `ERR_GARIM_SCHEMA_VERSION`
 */
export async function createPrivacyPolicies(options: KeepingOptions): Promise<PrivacyPolicies> {
  const { database, append, policy, clock = Date.now } = options;
  const tell = createTeller(append, policy, clock);
  const good = new Map<string, number>();
  await migrateDuties(database);

  async function find(sellerId: string, version?: number): Promise<PublishedPrivacy | null> {
    const row = await askRow(database, FIND, [readId("sellerId", sellerId), version ?? null]);
    return row["version"] === null ? null : readPublished(sellerId, row);
  }

  async function store(document: PrivacyDocument, body: string, sha256: string): Promise<PublishedPrivacy> {
    const { sellerId } = document;
    for (let round = 0; round < ROUNDS; round++) {
      const before = await find(sellerId);
      if (before?.sha256 === sha256) return before;
      const values = [sellerId, clock(), body, sha256, before?.version ?? 0];
      const { version } = await askRowAgain(database, PUBLISH, values);
      if (version !== null) return (await find(sellerId, Number(version))) as PublishedPrivacy;
    }
    throw dutiesUnavailable(`Others published ${ROUNDS} times in a row. Try again.`);
  }

  return {
    find,
    async publish(given, keeper) {
      const document = readDocument(given);
      const decided = decidePublication(document.sections, policy);
      if (decided.kind === "refuse") return decided;
      const body = JSON.stringify(document);
      const sha256 = createHash("sha256").update(body).digest("hex");
      const current = await find(document.sellerId);
      if (current?.sha256 === sha256) return current;
      const detail = { seller: document.sellerId, follows: current?.version ?? 0, sha256 };
      await tell(keeper, { action: "publish-policy", detail });
      return await store(document, body, sha256);
    },
    async history(sellerId, { after, limit } = {}) {
      const most = readLimit(limit);
      const values = [readId("sellerId", sellerId), readVersion(after), most];
      const { found } = await askRow(database, HISTORY, values);
      const entries: readonly PrivacyVersion[] = JSON.parse(String(found));
      const last = entries.at(-1);
      // Versions go down to the first without a gap.
      return { entries, next: last === undefined || last.version === 1 ? null : String(last.version) };
    },
    async list({ after, limit } = {}) {
      const most = readLimit(limit);
      const { found } = await askRow(database, PUBLISHED, [readSellerVersion(after), most]);
      const entries: readonly SellerVersion[] = JSON.parse(String(found));
      const last = entries.at(-1);
      const isLast = last === undefined || entries.length < most;
      return { entries, next: isLast ? null : JSON.stringify([last.sellerId, last.version]) };
    },
    async judge(sellerId, now) {
      if (policy.publicationCondition !== 1 || now < (good.get(sellerId) ?? 0)) return ALLOW;
      const isPublished = (await find(sellerId)) !== null;
      if (isPublished && good.size < MOST_GOOD) good.set(sellerId, now + GOOD_MS);
      return decidePublished(isPublished, policy);
    },
  };
}

const LARGEST_VERSION = 2_147_483_647;

function isVersion(version: unknown): boolean {
  return Number.isInteger(version) && Number(version) >= 1 && Number(version) <= LARGEST_VERSION;
}

function readVersion(after: string | undefined): number | null {
  if (after === undefined) return null;
  if (/^\d{1,10}$/.test(after) && isVersion(Number(after))) return Number(after);
  throw cursorInvalid();
}

function readSellerVersion(after: string | undefined): string | null {
  if (after === undefined) return null;
  const [sellerId, version, ...rest] = readParts(after);
  if (typeof sellerId === "string" && isVersion(version) && rest.length === 0) return after;
  throw cursorInvalid();
}

/** What stands under another seller's key is not that seller's policy. */
function readPublished(sellerId: string, row: DutyRow): PublishedPrivacy {
  const document: PrivacyDocument = JSON.parse(String(row["body"]));
  if (document.sellerId !== sellerId || row["seller_id"] !== sellerId)
    throw dutiesUnavailable("The database answered with another seller's policy, so it was not used.");
  return {
    ...document,
    version: Number(row["version"]),
    publishedAt: Number(row["published_at"]),
    sha256: String(row["sha256"]),
  };
}

function readDocument(given: PrivacyDocument): PrivacyDocument {
  if (typeof given !== "object" || given === null) throw refuseMember("policy", "an object");
  return {
    sellerId: readId("sellerId", given.sellerId),
    title: readLine("title", given.title, 200),
    sections: readSections(given.sections),
  };
}

/** In the order of the sections, so that the same text is the same version. */
function readSections(sections: unknown): PrivacySections {
  if (typeof sections !== "object" || sections === null) throw refuseMember("sections", "an object of texts");
  const unknown = Object.keys(sections).find((name) => !PRIVACY_SECTIONS.some((one) => one === name));
  if (unknown !== undefined)
    throw refuseMember("sections", `an object with some of ${PRIVACY_SECTIONS.join(", ")}`);
  const given = sections as Readonly<Record<string, unknown>>;
  return Object.fromEntries(PRIVACY_SECTIONS.map((name) => [name, readText(name, given[name] ?? "")]));
}

function readText(name: string, text: unknown): string {
  const isText = typeof text === "string" && text.length <= LONGEST_SECTION;
  // Lines are allowed; characters that no page can hold are not.
  const clean = isText ? text.replace(/\r\n?/g, "\n").replace(/\t/g, " ") : "";
  if (isText && !/[^\P{Cc}\n]/u.test(clean)) return clean.trim();
  throw refuseMember(`sections.${name}`, `a text of at most ${LONGEST_SECTION} characters`);
}
