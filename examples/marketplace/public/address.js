/** What the address of this page asks for. */
export function asked() {
  return Object.fromEntries(new URLSearchParams(location.search));
}

/** Writes what is looked at into the address, so that a reload, or the way back from a second factor, shows it again. */
export function remember(change) {
  history.replaceState(null, "", `?${new URLSearchParams({ ...asked(), ...change })}`);
}
