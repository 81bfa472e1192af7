import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Started } from "./process.ts";
import { startProcess } from "./process.ts";

const TEMPLATE = fileURLToPath(new URL("../nginx/garim.conf.template", import.meta.url));

/** What the template asks for. */
export interface ProxyValues {
  readonly NODE_A: string;
  readonly NODE_B: string;
  readonly LISTEN: string;
  readonly SERVER_NAME: string;
}

/**
 * Starts nginx without root: everything of it lies in a folder of its own, with a certificate made for the occasion.
 *
 * @returns the process, and the certificate to trust
 */
export async function startProxy(
  folder: string,
  values: ProxyValues,
): Promise<Started & { readonly certificate: string }> {
  mkdirSync(folder, { recursive: true });
  const certificate = join(folder, "tls.pem");
  const key = join(folder, "tls.key");
  makeCertificate(certificate, key, values.SERVER_NAME);
  const filled: Readonly<Record<string, string>> = {
    ...values,
    TLS_CERTIFICATE: certificate,
    TLS_KEY: key,
    ACCESS_LOG: join(folder, "access.log"),
  };
  const site = readFileSync(TEMPLATE, "utf8").replace(
    /\$\{(\w+)\}/g,
    (_, name: string) => filled[name] ?? "",
  );
  writeFileSync(join(folder, "nginx.conf"), wrap(folder, site));
  const command = ["nginx", "-p", folder, "-c", join(folder, "nginx.conf"), "-e", join(folder, "error.log")];
  const [host = "127.0.0.1", port = ""] = values.LISTEN.split(":");
  return { ...(await startProcess(command, {}, { host, port: Number(port) })), certificate };
}

/** What Debian's own nginx.conf has around a site. */
function wrap(folder: string, site: string): string {
  const paths = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
    .map((name) => `${name}_temp_path ${join(folder, name)};`)
    .join("\n");
  return `daemon off;\npid ${join(folder, "nginx.pid")};\nworker_processes 1;\nevents { worker_connections 256; }\nhttp {\n${paths}\n${site}\n}\n`;
}

/** Signed by itself, good for a day. */
function makeCertificate(certificate: string, key: string, name: string): void {
  const args = [
    "req",
    "-x509",
    "-newkey",
    "ec",
    "-pkeyopt",
    "ec_paramgen_curve:P-256",
    "-nodes",
    "-days",
    "1",
  ];
  const subject = ["-subj", `/CN=${name}`, "-addext", `subjectAltName=DNS:${name},IP:127.0.0.1`];
  const { status, stderr } = spawnSync("openssl", [...args, ...subject, "-keyout", key, "-out", certificate]);
  if (status !== 0) throw new Error(`openssl made no certificate: ${String(stderr)}`);
}
