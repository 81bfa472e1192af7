import { api } from "../kit/api.ts";
import { makePasskey } from "./passkey.ts";

/** Enrols a passkey of this device. @param name - how its owner calls it */
export async function enrolPasskey(name: string): Promise<void> {
  const { options } = await api<{ readonly options: object }>("POST", "factors/passkey", { name });
  await api("POST", "factors/passkey/confirmation", { response: await makePasskey(options) });
}
