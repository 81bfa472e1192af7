import type { Tarball } from "./tarball.ts";

/** Our condition for running sources in the workspace; it must not leave it. */
const SOURCE_CONDITION = "garim-source";

/** Finds what a tarball holds and should not, and what it should hold and does not. One line a fault. */
export function findFaults({ manifest, files }: Pick<Tarball, "manifest" | "files">): readonly string[] {
  const paths = Object.keys(files);
  const said = (found: readonly string[], what: string) => found.map((path) => `${path} ${what}`);
  return [
    ...said(missing(paths), "is missing"),
    ...said(unmet(manifest, paths), "is said to be packed, and is not"),
    ...said(unbuilt(files), "is missing, which a page loads"),
    ...said(paths.filter(isTest), "is a test"),
    ...said(paths.filter(isSource), "is a source"),
    ...said(
      paths.filter((path) => isMapOutside(path, paths, files)),
      "maps to files that are not packed",
    ),
    ...findManifestFaults(manifest),
  ];
}

function missing(paths: readonly string[]): readonly string[] {
  return ["LICENSE", "README.md", "package.json"].filter((path) => !paths.includes(path));
}

/** Folders and files that the manifest names: what was never built is packed by nobody. */
function unmet({ files = [] }: Tarball["manifest"], paths: readonly string[]): readonly string[] {
  const named = files.filter((name) => !name.startsWith("!") && !name.includes("*"));
  return named.filter((name) => !paths.some((path) => path === name || path.startsWith(`${name}/`)));
}

const PAGES = "page/dist/manifest.json";

/** Scripts and styles that the built pages name. */
function unbuilt(files: Tarball["files"]): readonly string[] {
  const chunks = JSON.parse(files[PAGES] ?? "{}") as Readonly<Record<string, { readonly file: string }>>;
  return Object.values(chunks)
    .map(({ file }) => `page/dist/${file}`)
    .filter((path) => !Object.hasOwn(files, path));
}

function isTest(path: string): boolean {
  return /\.(?:test|spec)\.|(?:^|\/)(?:test|vectors|fixtures)\//.test(path);
}

function isSource(path: string): boolean {
  return (/\.[mc]?tsx?$/.test(path) && !path.endsWith(".d.ts")) || path.endsWith(".tsbuildinfo");
}

function isMapOutside(path: string, paths: readonly string[], files: Tarball["files"]): boolean {
  if (!path.endsWith(".map")) return false;
  const { sources = [], sourcesContent = [] } = JSON.parse(files[path] ?? "{}") as {
    sources?: readonly string[];
    sourcesContent?: readonly string[];
  };
  const at = new URL(path, "file:///");
  return sources.some(
    (source, i) => !sourcesContent[i] && !paths.includes(new URL(source, at).pathname.slice(1)),
  );
}

/** What npm runs by itself where a package is installed. */
const AT_INSTALL = ["preinstall", "install", "postinstall", "prepare"];

function findManifestFaults(manifest: Tarball["manifest"]): readonly string[] {
  const text = JSON.stringify(manifest.exports ?? {});
  const scripts = AT_INSTALL.filter((name) => name in (manifest.scripts ?? {}));
  const ranges = Object.entries({ ...manifest.dependencies, ...manifest.peerDependencies });
  return [
    ...(text.includes(SOURCE_CONDITION)
      ? [`package.json exports ${SOURCE_CONDITION}, which leads nowhere`]
      : []),
    ...scripts.map((name) => `package.json runs ${name} where it is installed`),
    ...ranges
      .filter(([, range]) => /^(?:workspace|link|file):/.test(range))
      .map(([name, range]) => `package.json asks for ${name} ${range}, which only the workspace knows`),
  ];
}
