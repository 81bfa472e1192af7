import type { Channel } from "@garim/auth";

/** How long a request waits for a channel. Ours: people wait in front of the page. */
export const CHANNEL_ANSWER_MS = 10_000;

/** A channel that gives up in time: one that hangs would hold whoever asked, and their connection. */
export function boundChannel(channel: Channel): Channel {
  const send: Channel["send"] = (message) => within(channel.send(message), channel.name);
  const { check } = channel;
  if (check === undefined) return { name: channel.name, send };
  return {
    name: channel.name,
    send,
    check: (message, answer) => within(check.call(channel, message, answer), channel.name),
  };
}

function within<T>(answer: Promise<T>, name: string): Promise<T> {
  return new Promise((resolve, reject) => {
    const giveUp = (): void =>
      reject(new Error(`The channel ${name} did not answer within ${CHANNEL_ANSWER_MS} ms`));
    const timer = setTimeout(giveUp, CHANNEL_ANSWER_MS);
    Promise.resolve(answer)
      .finally(() => clearTimeout(timer))
      .then(resolve, reject);
  });
}
