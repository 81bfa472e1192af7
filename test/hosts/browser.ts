/** A browser as far as hosts can tell: it keeps cookies, and sends them to one origin. */
export interface Browser {
  /** By name. */
  readonly cookies: Map<string, string>;
  get(path: string, headers?: Readonly<Record<string, string>>): Promise<Response>;
  post(path: string, body: object): Promise<Response>;
}

/** @param cookies - what it starts with, e.g. those somebody stole */
export function openBrowser(origin: string, cookies: Iterable<[string, string]> = []): Browser {
  const jar = new Map(cookies);

  async function send(path: string, init: RequestInit): Promise<Response> {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
    const headers = { ...init.headers, ...(cookie === "" ? {} : { cookie }) };
    const response = await fetch(`${origin}${path}`, { redirect: "manual", ...init, headers });
    for (const header of response.headers.getSetCookie()) keep(jar, header);
    return response;
  }

  return {
    cookies: jar,
    get: (path, headers = {}) => send(path, { headers }),
    post: (path, body) =>
      send(path, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(body),
      }),
  };
}

function keep(jar: Map<string, string>, header: string): void {
  const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(header) ?? [];
  const isOver = /; *max-age=0|; *expires=thu, 01 jan 1970/i.test(header);
  if (isOver) jar.delete(name);
  else jar.set(name, value);
}
