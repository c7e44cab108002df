/** Follows the changes of keys: one request that goes on, and another from the last position whenever it ends. */

import { Problem, problemOf } from "./api.js";

/** A heartbeat comes every 5 s: a connection that is silent for longer is a lost one. */
const SILENCE_MILLIS = 15_000;
/** Between an end and the next request; the last one goes for all further ends in a row. */
const PAUSES_MILLIS = [300, 1_000, 2_000, 4_000, 8_000];
/** The longest value, each of its bytes written as an escape, its key and a position fit into it. */
const MAX_LINE_CHARS = 8 << 20;

const GONE = 410;
/** What may be otherwise the next time, beside everything from 500 on and the lack of an answer. */
const PASSING = [408, 421, 429];
/** What happens to keys, of the kinds of lines; a later release may have more of them. */
const CHANGES = ["put", "delete", "expire"];

/**
 * Begins to follow the changes of the keys that begin with a prefix.
 *
 * @param tell onChange(change), onState({ phase, … }) and onMissed(detail) are called
 * @returns ends it
 */
export function follow(prefix, tell) {
  const stop = new AbortController();
  run(prefix, stop.signal, tell);
  return () => stop.abort();
}

async function run(prefix, stopped, tell) {
  let position = null;
  let ends = 0;
  tell.onState({ phase: "asking" });
  while (!stopped.aborted) {
    let lines = 0;
    const take = (line, worker) => {
      // Every answer begins with a heartbeat: that alone does not show that it goes better than before.
      ends = lines++ > 0 ? 0 : ends;
      position = line.position ?? position;
      if (line.event === "heartbeat") {
        tell.onState({ phase: "watching", worker, notServed: line.partitionsNotServed ?? 0 });
      } else if (CHANGES.includes(line.event)) {
        tell.onChange(line);
      }
    };
    const problem = await stay(prefix, position, stopped, take);
    if (stopped.aborted) {
      return;
    }
    if (problem?.status === GONE) {
      position = null;
      tell.onMissed(problem.detail);
    } else if (problem && isFinal(problem)) {
      tell.onState({ phase: "failed", problem });
      return;
    }
    const millis = PAUSES_MILLIS[Math.min(ends++, PAUSES_MILLIS.length - 1)];
    tell.onState({ phase: "waiting", problem, millis, goesOn: position !== null });
    await pause(millis, stopped);
  }
}

function isFinal({ status }) {
  return status >= 400 && status < 500 && !PASSING.includes(status);
}

/** Reads one answer for as long as it goes on; answers the problem with which it ended, if there was one. */
async function stay(prefix, position, stopped, take) {
  const request = new AbortController();
  const leave = () => request.abort();
  let timer;
  const heard = () => {
    clearTimeout(timer);
    timer = setTimeout(leave, SILENCE_MILLIS);
  };
  stopped.addEventListener("abort", leave);
  heard();
  try {
    const response = await fetch(target(prefix, position), {
      cache: "no-store",
      headers: { Accept: "application/x-ndjson" },
      signal: request.signal,
    });
    if (!response.ok) {
      return new Problem(response.status, await problemOf(response));
    }
    const worker = response.headers.get("Quorate-Asked");
    for await (const line of linesOf(response.body, heard)) {
      if (stopped.aborted) {
        return null;
      }
      if (line.event === "problem") {
        return new Problem(line.status, line);
      }
      take(line, worker);
    }
    return null;
  } catch (failure) {
    const detail = request.signal.aborted ? "Nothing was heard for a while." : `The connection was lost (${failure.message}).`;
    return failure instanceof Problem ? failure : new Problem(0, { title: "No answer", detail, retryable: true });
  } finally {
    clearTimeout(timer);
    stopped.removeEventListener("abort", leave);
    request.abort();
  }
}

function target(prefix, position) {
  const query = new URLSearchParams();
  Object.entries({ prefix, from: position }).forEach(([name, value]) => value && query.set(name, value));
  return `/ui/api/watch?${query}`;
}

/** The lines of a body; one that the body broke off in the middle of is none. */
async function* linesOf(body, heard) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) {
      return;
    }
    heard();
    rest += value;
    if (value.includes("\n")) {
      const lines = rest.split("\n");
      rest = lines.pop();
      yield* lines.map((line) => JSON.parse(line));
    }
    if (rest.length > MAX_LINE_CHARS) {
      throw new Problem(0, { title: "No answer", detail: "A line is longer than any change can be.", retryable: true });
    }
  }
}

/** Waits; less when it is stopped. */
function pause(millis, stopped) {
  return new Promise((over) => {
    const end = () => {
      clearTimeout(timer);
      stopped.removeEventListener("abort", end);
      over();
    };
    const timer = setTimeout(end, millis);
    stopped.addEventListener("abort", end);
  });
}
