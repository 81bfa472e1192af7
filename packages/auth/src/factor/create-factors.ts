import { createAccounts } from "../account/accounts.ts";
import type { Worker } from "../worker.ts";
import { createAssertions } from "./assertion.ts";
import { readChannels } from "./channel.ts";
import type { Desk } from "./desk.ts";
import { createPasskeyEnrolment } from "./enrolment-passkey.ts";
import { createTotpEnrolment } from "./enrolment-totp.ts";
import { listFactors } from "./factor-list.ts";
import type { FactorList, Factors, FactorsOptions } from "./factors.ts";
import { createMessages } from "./messages.ts";
import { createNotifier } from "./notice.ts";
import { readPasskeySettings } from "./passkey-settings.ts";
import { createProving } from "./proving.ts";
import { readSecretKeys } from "./sealed-secret.ts";
import { createUpkeep } from "./upkeep.ts";

/**
 * Makes the second factors of a deployment. Any number of nodes may share one state store.
 *
 * @throws GarimError `ERR_GARIM_OPTION_INVALID`, `ERR_GARIM_KEYS_MISSING`, `ERR_GARIM_KEYS_INVALID`
 */
export function createFactors(options: FactorsOptions): Factors {
  const { state, keys, policy, clock = Date.now } = options;
  readSecretKeys(keys);
  const channels = readChannels(options.channels ?? [], options.allowEmail === true);
  const settings = options.passkeys && readPasskeySettings(options.passkeys);
  const notify = createNotifier(options, clock);
  const accounts = createAccounts({ state, keys, onChange: notify.ofChange });
  const desk: Desk = { accounts, policy, clock };
  const assertions = createAssertions(desk, settings);
  const messages = createMessages(desk, channels, keys);

  async function list(worker: Worker): Promise<FactorList> {
    const record = await accounts.read(worker);
    return listFactors(record, [...channels.keys()], clock(), policy);
  }

  async function reset(worker: Worker): Promise<void> {
    await accounts.remove(worker);
    notify.ofReset(worker);
  }

  return {
    list,
    ...createTotpEnrolment(desk, options.issuer),
    ...createPasskeyEnrolment(desk, settings),
    challengePasskey: assertions.challengePasskey,
    sendCode: messages.sendCode,
    prove: createProving(desk, assertions, messages),
    ...createUpkeep(desk),
    reset,
  };
}
