import type { RecordSink, SealOptions } from "@garim/audit";
import type {
  Channel,
  FactorNotice,
  ListOwner,
  Locate,
  PasskeySettings,
  RedisClient,
  Signal,
  SignalKind,
} from "@garim/auth";
import type { Identity, PolicyOptions } from "@garim/policy";
import type { Request, Response } from "express";
import type { DownloadsOptions } from "../download/options.ts";
import type { DutiesOptions } from "../duties/options.ts";
import type { OperatorAlert } from "../health/trouble.ts";
import type { Logger } from "../logger.ts";
import type { SellerObserveOptions } from "../observe/options.ts";
import type { Pages } from "../step-up/pages.ts";
import type { SpanTracer } from "../telemetry/tracer.ts";
import type { ToolOptions } from "../tool/options.ts";
import type { WatchOptions } from "../watch/options.ts";
import type { Database } from "./database.ts";
import type { Keys } from "./keys.ts";

/** What `createGarim` takes. */
export interface GarimOptions {
  /** A `pg` Pool, or `embedded("./.garim")`: always said, never guessed from a missing variable. */
  readonly database: Database | Promise<Database>;
  /**
   * A pool of a read replica of `database`: auditors' questions are answered from it, their records go to `database`. Each answer says how
   * many records it was behind.
   */
  readonly auditorDatabase?: Database;
  /** A connected client of `redis` or `ioredis`: sessions live there. Factors and records stay in the database. */
  readonly redis?: RedisClient;
  /** `keysFromFile("./garim.keys")`, or keys of a vault. */
  readonly keys: Keys;
  /**
   * Where the log's checkpoints are kept outside the database, and the name of the log in them, for ever:
   * `{ origin: "shop.example/access-log", places: [filePlace("/mnt/elsewhere/checkpoints")] }`. Must be given in production.
   */
  readonly checkpoints?: CheckpointOptions;
  /** Where records are passed on to after they are durable: `[fileSink("/var/log/garim.ndjson")]`, in OCSF. None holds up an answer. */
  readonly sinks?: readonly RecordSink[];
  /** The edition and stricter numbers. */
  readonly policy?: PolicyOptions;
  /** Who the host's own log-in says is asking; nothing for nobody. */
  readonly identify: (req: Request) => Identity | null | undefined | Promise<Identity | null | undefined>;
  /** Ends the host's own log-in, so that an ended session ends there too. Awaited. */
  readonly signOut?: (req: Request, res: Response) => unknown;
  /** The name staff see in their authenticator app. Default `Garim`. */
  readonly issuer?: string;
  /** Where passkeys are made and used: `{ rpId, rpName, origins }`. They are offered only with it. */
  readonly passkeys?: PasskeySettings;
  /** Ways to send codes to workers: `[{ name: "sms", send }]`. Each is bounded to ten seconds; without any none is offered. */
  readonly channels?: readonly Channel[];
  /** Lets a channel send by e-mail. Default: refused at start. */
  readonly allowEmail?: boolean;
  /** Told what happened to an account, so that you tell the person. Not waited for. */
  readonly onNotice?: (notice: FactorNotice) => unknown;
  /** Told of each sign of somebody else, once over all nodes; each is recorded besides. Not waited for. */
  readonly onSignal?: (signal: Signal) => unknown;
  /** Told when this node gets into trouble that an operator must act on, and when that is over. Not waited for. */
  readonly onAlert?: (alert: OperatorAlert) => unknown;
  /** `trace.getTracer("garim")` of `@opentelemetry/api`: makes spans of records and of questions to the state. */
  readonly tracer?: SpanTracer;
  /** Where an address is, by a database of yours; without it no impossible hop is looked for. */
  readonly locate?: Locate;
  /** What signals lead to. */
  readonly signals?: SignalRules;
  /**
   * The addresses a seller's staff (`kind: "seller"`) or an operator or auditor (`kind: "account"`) may come from: addresses and
   * CIDR networks; `null` for no list. Asked at most once a second for each; where it fails, nobody is let in (503).
   */
  readonly allowList?: (owner: ListOwner) => readonly string[] | null | Promise<readonly string[] | null>;
  /** Where files of buyers' data wait until they are fetched: `{ spool: fileSpool("/var/lib/garim") }`. See `garim.download()`. */
  readonly downloads?: DownloadsOptions;
  /**
   * Requests that are no deed of a person (polling): they do not extend the session. `garim.background()` says the same of a
   * route. HEAD, OPTIONS, 304, event streams, prefetching and failures never extend it.
   */
  readonly isBackground?: (req: Request) => boolean;
  /**
   * The host's pages where a person confirms the second factor, logs in, and reads why they may not (403). A page navigation that
   * is refused is redirected there, with `?reason=…&return=…` and, for a second factor, `action=…`; read `return` back with
   * `returnPath`. Without them it gets the problem that programs get.
   */
  readonly pages?: Pages;
  /** What is open to sellers' tools (셀러툴): `{ issuer, audience }`. Without it every route is closed to them. */
  readonly tools?: ToolOptions;
  /**
   * Has it watched who helps themselves: `{}` looks at every access of this node, puts what it finds on record and acts on it: a second
   * factor anew, fewer requests, sessions ended.
   */
  readonly watch?: WatchOptions;
  /**
   * The duties around access: `{}` keeps the registers of flows, education and privacy policies. From then on no buyer's data goes where
   * no complete entry of the register says so. Without it nothing of them is asked.
   */
  readonly duties?: DutiesOptions;
  /**
   * Rolls Garim out seller by seller: `{ until: "2026-12-20T00:00:00+09:00", sellers: ["S1"] }`. On guarded routes the staff of these
   * sellers are only observed until then, at most 30 days ahead, as with `reveal(…, { dangerouslyObserve })`; all others are under the rules.
   */
  readonly dangerouslyObserve?: SellerObserveOptions;
  /** UTC milliseconds. Default `Date.now`. */
  readonly clock?: () => number;
  /** Where diagnostics go; a pino logger fits. Default: pino on standard output. */
  readonly logger?: Logger;
  /** A session cookie without TLS, for http://localhost. Refused in production. */
  readonly insecureCookie?: boolean;
}

/** How the log is made provable; `keys.signers` sign it. */
export type CheckpointOptions = Pick<SealOptions, "origin" | "places">;

/** What signals lead to. */
export interface SignalRules {
  /** Signals after which a second factor is due again. Default: `impossible-hop`, `credential-stuffing`. */
  readonly stepUpOn?: readonly SignalKind[];
  /** From when on log-ins of a tool with shared passwords open no session, UTC milliseconds; `null`, the default, for never. */
  readonly refuseSharedPasswordsFrom?: number | null;
  /** Addresses and networks that many sellers share rightly: an office building, an agency. */
  readonly sharedOffices?: readonly string[];
}
