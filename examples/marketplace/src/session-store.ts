import { createHash } from "node:crypto";
import type { Database } from "@garim/express";
import { type SessionData, Store } from "express-session";

/** Hours a log-in is kept; Garim ends the access to buyers' data long before. */
const KEEP_HOURS = 24;

const SAVE = `INSERT INTO market.log_ins (id, data, expires_at) VALUES ($1, $2::jsonb, $3)
  ON CONFLICT (id) DO UPDATE SET data = excluded.data, expires_at = excluded.expires_at
  WHERE market.log_ins.data IS NOT NULL`;

// An ended log-in stays as an empty row until it would have expired: express-session saves at the end of a request, and a
// slow one would bring a plain deleted row back to life.
const END = `INSERT INTO market.log_ins (id, data, expires_at) VALUES ($1, NULL, $2)
  ON CONFLICT (id) DO UPDATE SET data = NULL`;

/** The marketplace's log-ins, in its own database. Only a hash of a session id is stored. */
export class SessionStore extends Store {
  readonly #database: Database;
  readonly #clock: () => number;

  constructor(database: Database, clock: () => number) {
    super();
    this.#database = database;
    this.#clock = clock;
  }

  override get(id: string, done: (error: unknown, session?: SessionData | null) => void): void {
    this.#find(id).then((session) => done(null, session), done);
  }

  override set(id: string, session: SessionData, done: (error?: unknown) => void = noop): void {
    const values = [hash(id), JSON.stringify(session), this.#expiry()];
    this.#database.query(SAVE, values).then(() => done(), done);
  }

  override destroy(id: string, done: (error?: unknown) => void = noop): void {
    this.#end(id).then(() => done(), done);
  }

  async #find(id: string): Promise<SessionData | null> {
    const text = "SELECT data FROM market.log_ins WHERE id = $1 AND expires_at > $2";
    const { rows } = await this.#database.query(text, [hash(id), new Date(this.#clock())]);
    return (rows as { readonly data: SessionData | null }[])[0]?.data ?? null;
  }

  async #end(id: string): Promise<void> {
    await this.#database.query(END, [hash(id), this.#expiry()]);
    await this.#database.query("DELETE FROM market.log_ins WHERE expires_at <= $1", [
      new Date(this.#clock()),
    ]);
  }

  #expiry(): Date {
    return new Date(this.#clock() + KEEP_HOURS * 3_600_000);
  }
}

function hash(id: string): string {
  return createHash("sha256").update(id).digest("base64url");
}

function noop(): void {}
