/** What a package may import at run time. Nothing else is allowed, whatever its package.json says. */
export interface Arrow {
  /** Packages of the house, without the scope. */
  readonly house: readonly string[];
  /** Runtime dependencies from outside. */
  readonly others?: readonly string[];
  /** What the host brings. */
  readonly peers?: readonly string[];
  /** Pure packages know neither Node's modules nor its types: they run in a browser or a worker too. */
  readonly isPure?: boolean;
}

/** Who may import whom: the arrows of the design, those of later packages included. */
export const ARROWS: Readonly<Record<string, Arrow>> = {
  "@garim/policy": { house: [], isPure: true },
  "@garim/masking": { house: ["policy"], isPure: true },
  "@garim/auth": { house: ["policy"], others: ["jose", "otplib", "lru-cache", "@simplewebauthn/server"] },
  "@garim/audit": { house: ["policy"] },
  "@garim/workbook": { house: ["policy"] },
  "@garim/duties": { house: ["policy", "audit"] },
  "@garim/express": {
    house: ["policy", "masking", "auth", "audit", "workbook", "duties"],
    others: ["pino"],
    // PGlite is optional: only `embedded()` loads it.
    peers: ["express", "@electric-sql/pglite"],
  },
  "@garim/token-server": { house: ["policy", "auth", "audit", "express"], others: ["oidc-provider"] },
  "@garim/console": { house: ["express", "duties"] },
  "@garim/cli": { house: ["policy", "auth", "audit", "duties"] },
};
