/** Shows the changes of keys as they happen, the newest first. */

import { Component, html, useEffect, useRef, useState } from "./vendor/htm-preact-standalone.js";
import * as api from "./api.js";
import { follow } from "./follow.js";
import { Card, Failure, Field } from "./parts.js";

/** So many changes are kept and shown; older ones make room. */
const MOST_SHOWN = 200;
/** What arrives is drawn at most so often. */
const DRAW_MILLIS = 100;

/** What is kept of a change: its value only as far as it is shown. */
function rowOf(change, number) {
  return {
    number,
    event: change.event,
    key: change.key ?? { keyBase64: change.keyBase64 },
    preview: change.event === "put" ? api.previewOf(change) : null,
    revision: change.revision,
    timeMillis: change.timeMillis,
  };
}

/** The rows, gathered so that many changes are drawn together. */
function useRows() {
  const [rows, setRows] = useState({ shown: [], seen: 0 });
  const gathered = useRef({ rows: [], number: 0, seen: 0, timer: null });
  const draw = () => {
    const { rows: fresh, seen } = gathered.current;
    gathered.current.rows = [];
    gathered.current.timer = null;
    setRows((before) => ({ shown: [...fresh.reverse(), ...before.shown].slice(0, MOST_SHOWN), seen }));
  };
  const add = (make, isChange) => {
    const all = gathered.current;
    all.rows.push(make(all.number++));
    all.seen += isChange ? 1 : 0;
    if (all.rows.length > MOST_SHOWN) {
      all.rows.shift();
    }
    all.timer ??= setTimeout(draw, DRAW_MILLIS);
  };
  const clear = () => {
    clearTimeout(gathered.current.timer);
    gathered.current = { rows: [], number: gathered.current.number, seen: 0, timer: null };
    setRows({ shown: [], seen: 0 });
  };
  return { ...rows, add, clear };
}

export function Watch({ onOpen }) {
  const [prefix, setPrefix] = useState("");
  const [state, setState] = useState({ phase: "stopped" });
  const { shown, seen, add, clear } = useRows();
  const end = useRef(null);
  const running = !["stopped", "failed"].includes(state.phase);

  const stop = () => {
    end.current?.();
    end.current = null;
    setState({ phase: "stopped" });
  };
  useEffect(() => () => end.current?.(), []);

  const start = () => {
    clear();
    end.current = follow(prefix, {
      onChange: (change) => add((number) => rowOf(change, number), true),
      onMissed: (detail) => add((number) => ({ number, event: "missed", detail }), false),
      onState: setState,
    });
  };
  const submit = (event) => {
    event.preventDefault();
    (running ? stop : start)();
  };

  return html`<${Card} title="Watch" name="watch">
    <form class="row" onSubmit=${submit}>
      <${Field} label="Keys that begin with">
        ${(id) => html`<input id=${id} class="mono" autocomplete="off" spellcheck="false" placeholder="all keys"
          readonly=${running} value=${prefix} onInput=${(event) => setPrefix(event.target.value)} />`}
      <//>
      <button class=${running ? "" : "primary"}>${running ? "Stop" : "Start"}</button>
    </form>
    <p class="hint watch-state" role="status">${wordsOf(state, prefix)}</p>
    ${state.phase === "failed" && html`<${Failure} problem=${state.problem} />`}
    ${running && shown.length === 0 && html`<p class="empty">No change yet.</p>`}
    ${shown.length > 0 &&
    html`<ol class="changes" aria-label="Changes, the newest first">
        ${shown.map((row) => html`<${Change} key=${row.number} row=${row} onOpen=${onOpen} />`)}
      </ol>
      <p class="hint">
        ${seen.toLocaleString()} ${seen === 1 ? "change" : "changes"} seen${seen > shown.length && `, the last ${shown.length} are shown`}.
      </p>`}
  <//>`;
}

/** Where a watch stands, in a sentence. */
function wordsOf({ phase, worker, notServed, problem, millis, goesOn }, prefix) {
  switch (phase) {
    case "asking":
      return "Asking…";
    case "watching":
      return (
        `Watching ${prefix ? `keys that begin with ${prefix}` : "all keys"}${worker ? ` through ${worker}` : ""}.` +
        (notServed > 0 ? ` ${notServed} ${notServed === 1 ? "partition" : "partitions"} cannot be watched at the moment.` : "")
      );
    case "waiting":
      return `${problem?.detail || "The connection ended."} Trying again in ${millis / 1_000} s${goesOn ? ", from where it was" : ""}.`;
    case "failed":
      return "The watch ended.";
    default:
      return "Shows what is written, deleted or expires as it happens.";
  }
}

/** A change, or the place where some were missed; neither changes once it is there. */
class Change extends Component {
  shouldComponentUpdate(next) {
    return next.row !== this.props.row;
  }

  render({ row, onOpen }) {
    if (row.event === "missed") {
      return html`<li class="missed">
        <b>Changes were missed here.</b> The watch began anew. ${row.detail}
      </li>`;
    }
    const when = new Date(row.timeMillis);
    return html`<li>
      <span class="event ${row.event}">${row.event}</span>
      <button type="button" class="key mono" onClick=${() => onOpen(row.key)}>${api.nameOf(row.key)}</button>
      <span class="preview mono">${row.preview}</span>
      <code class="revision">${row.revision}</code>
      <time datetime=${when.toISOString()} title=${when.toLocaleString()}>${when.toLocaleTimeString()}</time>
    </li>`;
  }
}
