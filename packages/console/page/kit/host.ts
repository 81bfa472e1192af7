/** What the shell tells the script. */
interface Told {
  /** Of this page, as the server sees it. */
  readonly path: string;
  /** The page's path below `pages/`. */
  readonly page: string;
  /** All pages there are, as the host has them. */
  readonly pages: readonly string[];
  readonly title: string;
  readonly name: string;
  readonly logo: string | null;
  readonly logIn: string;
  readonly home: string | null;
}

/** What the shell told, of the host and of where this is. */
export const host: Told = JSON.parse(
  document.querySelector('meta[name="garim"]')?.getAttribute("content") ?? "{}",
);

// All modules are built into one folder below the mount; vite would take the address in one piece for a file to bundle.
const HERE = import.meta.url;
const MOUNT = new URL("../", HERE);

/** An address below the mount: of an endpoint (`factors`) or a page (`pages/tools`). */
export function below(path: string): string {
  const { pathname, search } = new URL(path, MOUNT);
  return pathname + search;
}

/** What a proxy cut off this address before the server saw it; mostly nothing. */
const CUT = location.pathname.endsWith(host.path) ? location.pathname.slice(0, -host.path.length) : "";

/**
 * A way back as the browser calls it. What a script of a page wrote is so already; the server leaves out what a proxy cut off, where that
 * proxy does not say so (`X-Forwarded-Prefix`).
 */
export function outward(path: string): string {
  return path.startsWith(`${CUT}/`) ? path : CUT + path;
}

/** What stands behind the question mark. */
export function asked(): Readonly<Record<string, string>> {
  return Object.fromEntries(new URLSearchParams(location.search));
}

/** Keeps a filter in the address bar, without a new page. Never anything personal: addresses are in the logs of proxies. */
export function remember(filter: Readonly<Record<string, string | undefined>>): void {
  const kept = Object.entries(filter).filter((pair): pair is [string, string] => Boolean(pair[1]));
  const query = new URLSearchParams(kept).toString();
  history.replaceState(null, "", location.pathname + (query === "" ? "" : `?${query}`));
}
