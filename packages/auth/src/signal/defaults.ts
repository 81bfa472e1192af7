/**
 * When something is worth a signal. All numbers are ours: neither law nor code gives them.
 *
 * `…Ms` is milliseconds, `…Km` kilometres, anything else a count.
 */
export interface SignalDefaults {
  /** Devices and networks a worker is known by; beyond it the one not seen for longest is forgotten, */
  readonly knownPlaces: number;
  /** as is one not seen for this long. */
  readonly knownMs: number;
  /** A hop is impossible above this speed, a little more than an airliner's, */
  readonly hopKmPerHour: number;
  /** over at least this distance: addresses are located that badly. */
  readonly hopLeastKm: number;
  /** Where only countries are known, a hop between two is impossible within this time. */
  readonly hopCountryMs: number;
  /** How long locating an address may take; then no hop is looked for. */
  readonly locateMs: number;
  /** Accounts that fail from one network … */
  readonly stuffingAccounts: number;
  /** … within this time are credential stuffing. */
  readonly stuffingMs: number;
  /** Sellers, and as many accounts, that log in from one origin … */
  readonly sharedSellers: number;
  /** … within this time are a tool with shared passwords. */
  readonly sharedMs: number;
  /** Accounts or sellers remembered of one network or origin; what comes beyond is not counted. */
  readonly crowd: number;
  /** One that is seen again is written at most this often. */
  readonly refreshMs: number;
  /** What goes on is told again after this time. */
  readonly quietMs: number;
}

export const SIGNAL_DEFAULTS: SignalDefaults = Object.freeze({
  knownPlaces: 20,
  knownMs: 7_776_000_000,
  hopKmPerHour: 1_000,
  hopLeastKm: 500,
  hopCountryMs: 3_600_000,
  locateMs: 1_000,
  stuffingAccounts: 10,
  stuffingMs: 600_000,
  sharedSellers: 10,
  sharedMs: 86_400_000,
  crowd: 32,
  refreshMs: 60_000,
  quietMs: 3_600_000,
});
