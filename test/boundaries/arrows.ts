/** What a package may import at run time. Nothing else is allowed, whatever its package.json says. */
export interface Arrow {
  /** Packages of the house, without the scope. */
  readonly house: readonly string[];
  /** Runtime dependencies from outside. */
  readonly others?: readonly string[];
  /** What the host brings. */
  readonly peers?: readonly string[];
  /** Optional peers whose values are read by their structure: no source imports them, and nobody has to install them. */
  readonly byStructure?: readonly string[];
  /** Pure packages know neither Node's modules nor its types: they run in a browser or a worker too. */
  readonly isPure?: boolean;
}

/** Who may import whom: the arrows of the design, those of later packages included. */
export const ARROWS: Readonly<Record<string, Arrow>> = {
  "@garim/policy": { house: [], isPure: true },
  "@garim/masking": { house: ["policy"], isPure: true, byStructure: ["zod"] },
  "@garim/auth": {
    house: ["policy"],
    others: ["jose", "otplib", "lru-cache", "@simplewebauthn/server", "uqr"],
  },
  "@garim/audit": { house: ["policy"] },
  "@garim/workbook": { house: ["policy"], others: [] },
  "@garim/duties": { house: ["policy", "audit"] },
  "@garim/express": {
    house: ["policy", "masking", "auth", "audit", "workbook", "duties"],
    others: ["pino"],
    // PGlite is optional: only `embedded()` loads it.
    peers: ["express", "@electric-sql/pglite"],
    // A tracer of OpenTelemetry is given by the host.
    byStructure: ["@opentelemetry/api"],
  },
  "@garim/token-server": {
    house: ["policy", "auth", "audit", "express"],
    others: ["oidc-provider"],
    peers: ["express"],
  },
  // Policy, too: the pages tell its reasons and kinds in words.
  "@garim/console": { house: ["policy", "express", "duties"], peers: ["express"] },
  "@garim/cli": {
    // Masking, too: `garim infer` asks its finder what sample values hold, and drafts its kinds.
    // Workbook: exports of the log.
    house: ["policy", "masking", "auth", "audit", "workbook", "duties"],
    // Most OpenAPI documents are YAML.
    others: ["commander", "string-width", "yaml"],
    // Drivers are optional: a verb loads the one of the database that was named.
    peers: ["pg", "@electric-sql/pglite"],
  },
};
