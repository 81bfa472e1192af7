import { GarimError } from "@garim/policy";

/** What a driver's error means, and what to do; the message of a driver may hold values, so none is passed on. */
type Remedy = readonly [codes: readonly string[], what: string, remedy: string];

const REMEDIES: readonly Remedy[] = [
  [["ECONNREFUSED", "ENOENT"], "nothing listens there", "start PostgreSQL, or correct host and port"],
  [["ENOTFOUND", "EAI_AGAIN"], "the host's name is not known", "correct the host in the address"],
  [
    ["ETIMEDOUT", "EHOSTUNREACH", "ENETUNREACH", "EHOSTDOWN", "TIMEOUT"],
    "the server does not answer",
    "check host, port and the firewall between",
  ],
  [
    ["ECONNRESET", "EPIPE", "57P01", "57P02", "08006", "08003", "CLOSED"],
    "the connection broke",
    "try again; if it stays so, look into the server's log",
  ],
  [["28P01", "NOPASSWORD"], "it refuses the password", "correct user and password of the address"],
  [
    ["28000"],
    "it does not let this user in from here",
    "correct the user, or add a line for it to pg_hba.conf",
  ],
  [["3D000"], "there is no such database", "correct the name after the last / of the address, or create it"],
  [["53300"], "it has no connection left", "raise max_connections, or end idle ones"],
  [["57P03"], "it is starting up or shutting down", "try again in a moment"],
  [
    ["42501"],
    "this user may not do that",
    "give the role its rights (garim migrate --role-sql prints them), or use another user",
  ],
  [["25006"], "it is read-only", "use the address of the primary server"],
  [["57014"], "the statement took too long", "ask for less at once, or try when the server is less busy"],
  [["55P03"], "a lock was not free in time", "try again in a moment"],
  [["53100"], "its disk is full", "make room on the server's disk"],
  [["NOSSL"], "it speaks no TLS", "remove sslmode from the address, or turn ssl on at the server"],
  [
    [
      "DEPTH_ZERO_SELF_SIGNED_CERT",
      "SELF_SIGNED_CERT_IN_CHAIN",
      "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
      "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
      "CERT_HAS_EXPIRED",
      "ERR_TLS_CERT_ALTNAME_INVALID",
    ],
    "its certificate is not trusted",
    "let NODE_EXTRA_CA_CERTS name the authority's certificate, or renew the server's",
  ],
];

/** The driver has no code for these. */
const MESSAGES: readonly (readonly [pattern: RegExp, code: string])[] = [
  [/does not support SSL/i, "NOSSL"],
  [/client password must be a string/i, "NOPASSWORD"],
  [/timeout (?:expired|exceeded)|read timeout/i, "TIMEOUT"],
  [/terminated/i, "CLOSED"],
];

/**
 * Says a driver's error in one line: which database, what is wrong, what to do.
 *
 * @returns `undefined` for an error that is no driver's, which is a fault of ours
 */
export function explainFault(error: unknown, name: string): GarimError | undefined {
  const code = codeOf(error);
  if (code === undefined) return undefined;
  const [, what, remedy] = REMEDIES.find(([codes]) => codes.includes(code)) ?? [
    [],
    "it fails",
    "look the code up in PostgreSQL's list of SQLSTATE codes, and into the server's log",
  ];
  return new GarimError("ERR_GARIM_DATABASE", `The ${name}: ${what} (${code}); ${remedy}`, error);
}

/** The SQLSTATE or the system's code; of several addresses tried, that of the first. */
export function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  if ("code" in error && typeof error.code === "string")
    return isDriverCode(error.code) ? error.code : undefined;
  if (error instanceof AggregateError) return codeOf(error.errors[0]);
  return MESSAGES.find(([pattern]) => pattern.test(error.message))?.[1];
}

/** Node's own errors of misuse have codes as well; of these only the certificate's is the server's. */
function isDriverCode(code: string): boolean {
  return /^(?:[0-9A-Z]{5}|E[A-Z_]+|[A-Z]+(?:_[A-Z]+)+)$/.test(code) && !/^ERR_(?!TLS_)/.test(code);
}

/** SQLSTATE classes and states after which no other statement fares better: no connection, no entrance, no such database. */
const LOST = /^(?:08|28|3D)...$|^57P..$|^53300$/;

/** Tells whether a driver's code says that the database as a whole cannot be asked, other than one statement having failed. */
export function isConnectionLost(code: string): boolean {
  return LOST.test(code) || !/^[0-9A-Z]{5}$/.test(code) || /^E[A-Z]+$/.test(code);
}
