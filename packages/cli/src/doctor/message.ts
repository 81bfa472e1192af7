/** What was seen, and what to do: the two halves of a fault's message. */
export function splitMessage(message: string): { readonly seen: string; readonly todo?: string } {
  const at = message.lastIndexOf("; ");
  return at < 0 ? { seen: message } : { seen: message.slice(0, at), todo: message.slice(at + 2) };
}
