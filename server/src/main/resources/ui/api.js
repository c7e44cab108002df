/** What the page asks of the controller that served it; it talks to nobody else. */

const TIMEOUT_MILLIS = 15_000;
const PREVIEW_CHARS = 160;

/** An answer that is not what was asked for: RFC 9457, or the lack of any answer. */
export class Problem extends Error {
  constructor(status, document) {
    super(document.detail ?? "");
    this.status = status;
    this.title = document.title ?? "The request failed";
    this.detail = document.detail ?? "";
    this.outcome = document.outcome ?? "unknown";
    this.retryable = document.retryable ?? false;
  }
}

async function ask(path, options = {}) {
  let response;
  try {
    response = await fetch(path, { cache: "no-store", signal: AbortSignal.timeout(TIMEOUT_MILLIS), ...options });
  } catch (failure) {
    throw new Problem(0, {
      title: "No answer",
      detail: `The controller did not answer (${failure.message}).`,
      outcome: options.method && options.method !== "GET" ? "unknown" : "not_applied",
      retryable: true,
    });
  }
  if (response.ok || response.status === 304) {
    return response;
  }
  throw new Problem(response.status, await problemOf(response));
}

/** The document of an answer that is a problem, whatever its body is. */
export async function problemOf(response) {
  try {
    return await response.json();
  } catch {
    return { title: `Status ${response.status}` };
  }
}

/** The cluster's document, or null when it is still the one with the tag. */
export async function cluster(tag) {
  const response = await ask("/ui/api/cluster", tag ? { headers: { "If-None-Match": tag } } : {});
  return response.status === 304 ? null : { tag: response.headers.get("ETag"), document: await response.json() };
}

/** A key as part of a path: a text, or an object with keyBase64 when it is none. */
function pathOf(key) {
  if (typeof key === "string") {
    if (key === "." || key === "..") {
      throw new Problem(0, {
        title: "This key cannot be named in a browser",
        detail: "Browsers take it for a step in the path. Use curl --path-as-is on a worker.",
        outcome: "not_applied",
      });
    }
    return encodeURIComponent(key.toWellFormed?.() ?? key);
  }
  return [...atob(key.keyBase64)].map((c) => "%" + c.charCodeAt(0).toString(16).padStart(2, "0")).join("");
}

/** A key as it is shown. */
export function nameOf(key) {
  return typeof key === "string" ? key : `base64:${key.keyBase64}`;
}

function kv(key, parameters) {
  const query = queryOf(parameters);
  return `/ui/api/kv/${pathOf(key)}${query.size > 0 ? "?" + query : ""}`;
}

const JSON_TYPE = { "Content-Type": "application/json" };

/** Writes a text under a key through a worker, or through any when none is named; the answer may say how it went. */
export async function write(key, value, worker, explain) {
  const started = performance.now();
  const response = await ask(kv(key, { worker, explain }), {
    method: "PUT",
    headers: JSON_TYPE,
    body: JSON.stringify({ value }),
  });
  const created = response.status === 201;
  return { ...(await response.json()), created, asked: asked(response), millis: performance.now() - started };
}

/** Reads a key from a worker, with who answered and how. */
export async function read(key, worker, consistency) {
  const started = performance.now();
  const response = await ask(kv(key, { worker, consistency }));
  const document = await response.json();
  return {
    ...document,
    asked: asked(response),
    servedBy: response.headers.get("Quorate-Served-By"),
    role: response.headers.get("Quorate-Role"),
    consistency: response.headers.get("Quorate-Consistency"),
    applied: response.headers.get("Quorate-Applied"),
    staleness: response.headers.get("Quorate-Staleness"),
    contentType: response.headers.get("Quorate-Content-Type"),
    expiresAt: expiryOf(response.headers.get("Quorate-TTL")),
    millis: performance.now() - started,
  };
}

/** When what still lives so long expires by the clock here; null for what does not. */
function expiryOf(left) {
  return left === null ? null : Date.now() + parseInt(left, 10);
}

/** Deletes a key; answers whether it was there. */
export async function remove(key, worker) {
  const response = await ask(kv(key, { worker }), { method: "DELETE", headers: JSON_TYPE });
  return response.headers.get("Quorate-Existed") === "true";
}

function asked(response) {
  return response.headers.get("Quorate-Asked");
}

/** A page of the cluster's keys that begin with a prefix, with values, and when they expire by the clock here. */
export async function list(prefix, cursor, limit) {
  const response = await ask(`/ui/api/kv?${queryOf({ prefix, cursor, limit, values: "true" })}`);
  const page = await response.json();
  const aheadMillis = Date.now() - Date.parse(response.headers.get("Date"));
  return { cursor: page.cursor, items: page.items.map((item) => itemOf(item, aheadMillis)) };
}

function itemOf(item, aheadMillis) {
  return {
    key: item.key ?? { keyBase64: item.keyBase64 },
    revision: item.revision,
    preview: previewOf(item),
    expiresAt: item.expiresMillis === undefined ? null : item.expiresMillis + aheadMillis,
  };
}

/** How many keys of the cluster begin with a prefix. */
export async function count(prefix) {
  return (await (await ask(`/ui/api/kv?${queryOf({ prefix, count: "true" })}`)).json()).count;
}

/** A page of the keys that the replicas of one worker have, by name alone. */
export async function keysOf(worker, prefix, cursor, limit) {
  const page = await (await ask(`/ui/api/keys?${queryOf({ worker, prefix, cursor, limit })}`)).json();
  return { ...page, items: page.keys.map((key) => ({ key })) };
}

function queryOf(parameters) {
  return new URLSearchParams(Object.entries(parameters).filter(([, value]) => value));
}

/** The beginning of a value. */
export function previewOf({ value, valueBase64 }) {
  const text = value ?? `base64:${valueBase64}`;
  return text.length > PREVIEW_CHARS ? `${text.slice(0, PREVIEW_CHARS).replace(/[\ud800-\udbff]$/, "")}…` : text;
}

/** Which partition a key is in, and who keeps it. */
export async function locate(key) {
  const name = typeof key === "string" ? encodeURIComponent(key) : pathOf(key);
  return (await ask(`/map?key=${name}`)).json();
}
