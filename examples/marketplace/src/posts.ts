import { randomUUID } from "node:crypto";
import type { Database } from "@garim/express";

/** What buyers write for everybody to read. */
export const POST_KINDS = ["review", "question"] as const;
export type PostKind = (typeof POST_KINDS)[number];

/** A buyer's text about what they bought, with the seller's reply. Moments are UTC. */
export interface Post {
  readonly id: string;
  readonly kind: PostKind;
  readonly seller: string;
  readonly product: string;
  readonly text: string;
  readonly writtenAt: Date;
  readonly reply: string | null;
  readonly repliedAt: Date | null;
}

export interface PostPage {
  readonly total: number;
  readonly page: number;
  readonly size: number;
  readonly lines: readonly Post[];
}

/** Whose a post is: the seller's, and which people stand on the order. */
export interface PostAbout {
  readonly seller: string;
  readonly names: readonly string[];
}

const WRITE = `INSERT INTO market.posts (id, line_id, kind, text, written_at)
  SELECT $1, id, $3, $4, $5 FROM market.lines WHERE id = $2 AND buyer_id = $6 AND state <> 'unpaid' RETURNING id`;

const MATCHING = `FROM market.posts p JOIN market.order_lines l ON l.id = p.line_id
  WHERE ($1::text IS NULL OR l.seller_id = $1)`;
const COUNT = `SELECT count(*)::integer AS total ${MATCHING}`;
const LIST = `SELECT p.id, p.kind, l.seller_id AS seller, l.product, p.text, p.written_at AS "writtenAt", p.reply,
    p.replied_at AS "repliedAt" ${MATCHING} ORDER BY p.written_at DESC, p.id LIMIT $2 OFFSET $3`;

const ABOUT = `SELECT l.seller_id AS seller, l.buyer_name, l.recipient_name
  FROM market.posts p JOIN market.lines l ON l.id = p.line_id WHERE p.id = $1`;

const REPLY = `UPDATE market.posts p SET reply = $3, replied_at = $4 FROM market.order_lines l
  WHERE p.id = $1 AND l.id = p.line_id AND l.seller_id = $2 RETURNING p.id`;

/** Writes a buyer's text about a line of their own. Returns whether it is theirs, and paid. */
export async function writePost(
  database: Database,
  { line, kind, text }: { readonly line: string; readonly kind: PostKind; readonly text: string },
  buyer: string,
  now: number,
): Promise<boolean> {
  const { rows } = await database.query(WRITE, [randomUUID(), line, kind, text, new Date(now), buyer]);
  return rows.length === 1;
}

/** Lists texts, newest first; of all sellers where none is named. */
export async function listPosts(
  database: Database,
  { seller, page, size }: { readonly seller: string | null; readonly page: number; readonly size: number },
): Promise<PostPage> {
  const [counted, listed] = await Promise.all([
    database.query(COUNT, [seller]),
    database.query(LIST, [seller, size, (page - 1) * size]),
  ]);
  const total = (counted.rows as { readonly total: number }[])[0]?.total ?? 0;
  return { total, page, size, lines: listed.rows as Post[] };
}

const NAMES = `SELECT p.id, l.buyer_name, l.recipient_name
  FROM market.posts p JOIN market.lines l ON l.id = p.line_id WHERE p.id = ANY ($1)`;

/** The names on the orders that posts are about, a list for each; none of what is no post. */
export async function namesOf(
  database: Database,
  ids: readonly unknown[],
): Promise<readonly (readonly string[])[]> {
  const { rows } = await database.query(NAMES, [ids.filter((id) => typeof id === "string")]);
  const named = rows as { id: string; buyer_name: string; recipient_name: string }[];
  const names = new Map(named.map((row) => [row.id, [row.buyer_name, row.recipient_name].filter(isName)]));
  return ids.map((id) => names.get(String(id)) ?? []);
}

export async function findPost(database: Database, id: string): Promise<PostAbout | undefined> {
  const { rows } = await database.query(ABOUT, [id]);
  const [found] = rows as { seller: string; buyer_name: string; recipient_name: string }[];
  if (found === undefined) return undefined;
  return { seller: found.seller, names: [found.buyer_name, found.recipient_name].filter(isName) };
}

/** What was stored apart or destroyed has none. */
function isName(name: string): boolean {
  return name !== "";
}

/** Puts a seller's reply under a text. Returns whether it is about a line of theirs. */
export async function replyTo(
  database: Database,
  id: string,
  seller: string,
  text: string,
  now: number,
): Promise<boolean> {
  const { rows } = await database.query(REPLY, [id, seller, text, new Date(now)]);
  return rows.length === 1;
}
