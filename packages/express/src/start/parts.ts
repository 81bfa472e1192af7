import {
  type AllowLists,
  createAllowList,
  createAllowLists,
  createFactors,
  createSignals,
  type Factors,
  type Sessions,
  type Signals,
  type StateStore,
} from "@garim/auth";
import { describeError } from "../logger.ts";
import { createLongResponses, type LongResponses } from "../visit/long-responses.ts";
import { boundChannel } from "./bounded-channel.ts";
import type { Happenings } from "./happenings.ts";
import type { GarimOptions } from "./options.ts";
import type { Ground } from "./settings.ts";

/*
 * The parts of a Garim, each made of the options that concern it.
 */

export function openFactors(
  { keys, issuer = "Garim", passkeys, channels = [], allowEmail = false }: GarimOptions,
  { policy, clock, logger }: Ground,
  state: StateStore,
  { onNotice }: Happenings,
): Factors {
  return createFactors({
    state,
    keys: keys.secrets,
    policy,
    issuer,
    clock,
    ...(passkeys === undefined ? {} : { passkeys }),
    channels: channels.map(boundChannel),
    allowEmail,
    onNotice,
    onFault: (error) => logger.error(describeError(error), "garim: a listener of the second factors failed"),
  });
}

export function openSignals(
  { signals: { sharedOffices, ...rules } = {}, locate }: GarimOptions,
  { policy, clock, logger }: Ground,
  state: StateStore,
  { onSignal }: Happenings,
): Signals {
  return createSignals({
    ...rules,
    state,
    policy,
    clock,
    ...(locate === undefined ? {} : { locate }),
    ...(sharedOffices === undefined ? {} : { sharedOffices: createAllowList(sharedOffices) }),
    onSignal,
    onFault: (error) =>
      logger.error({ ...describeError(error), help: error.message }, "garim: a signal failed"),
  });
}

export function openAllowLists({ allowList }: GarimOptions, { policy, clock }: Ground): AllowLists | null {
  if (allowList === undefined) return null;
  return createAllowLists({ find: async (owner) => allowList(owner), policy, clock });
}

export function watchLongResponses({ clock, logger, policy }: Ground, sessions: Sessions): LongResponses {
  return createLongResponses({
    sessions,
    policy,
    clock,
    onCut: ({ name }) => logger.info({ session: name }, "garim: a response was cut off with its session"),
    onFault: (error) =>
      logger.warn(describeError(error), "garim: sessions of open responses could not be checked"),
  });
}
