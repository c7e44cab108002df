/** Small parts that several sections of the page share. */

import { html, useEffect, useState } from "./vendor/htm-preact-standalone.js";

const SECOND_MILLIS = 1_000;
const UNITS = [
  ["d", 86_400_000],
  ["h", 3_600_000],
  ["min", 60_000],
  ["s", SECOND_MILLIS],
];

let lastId = 0;

/** An id for an element that another one names. */
export function useId() {
  return useState(() => `id${++lastId}`)[0];
}

/** A section with its heading. */
export function Card({ title, aside, children, name }) {
  const id = useId();
  return html`<section class="card ${name ?? ""}" aria-labelledby=${id}>
    <div class="card-head">
      <h2 id=${id}>${title}</h2>
      ${aside}
    </div>
    ${children}
  </section>`;
}

/** A labelled control; the control is made by the caller, who gives it the id. */
export function Field({ label, hint, children }) {
  const id = useId();
  return html`<div class="field">
    <label for=${id}>${label}</label>
    ${children(id)}
    ${hint && html`<p class="hint">${hint}</p>`}
  </div>`;
}

/** A choice of workers. */
export function WorkerChoice({ id, workers, value, onChange, any }) {
  return html`<select id=${id} value=${value} onChange=${(event) => onChange(event.target.value)}>
    <option value="">${any}</option>
    ${workers.map(
      (worker) => html`<option key=${worker.id} value=${worker.id} selected=${worker.id === value}>
        ${worker.id}${worker.status === "up" ? "" : ` (${worker.status})`}
      </option>`,
    )}
  </select>`;
}

const OUTCOMES = {
  unknown: "It may or may not have been applied: read the key to find out.",
  applied: "It was applied.",
};

/** What went wrong, and what became of the request. */
export function Failure({ problem }) {
  const outcome = OUTCOMES[problem.outcome];
  return html`<div class="result bad">
    <p class="result-title"><span class="mark" aria-hidden="true">!</span>${problem.title ?? "Something failed"}</p>
    <p>${problem.detail ?? problem.message}</p>
    ${outcome && html`<p class="hint">${outcome}</p>`}
  </div>`;
}

/** Where results appear; what appears in it is read out. */
export function Results({ children }) {
  return html`<div class="results" role="status" aria-live="polite">${children}</div>`;
}

/** Facts as names and values; those without a value are left out. */
export function Facts({ facts }) {
  return html`<dl class="facts">
    ${facts
      .filter(([, value]) => value !== null && value !== undefined && value !== "")
      .map(([name, value]) => html`<div key=${name}><dt>${name}</dt><dd>${value}</dd></div>`)}
  </dl>`;
}

/** Runs one request at a time and keeps what came of it. */
export function useRequest() {
  const [state, setState] = useState({ busy: false });
  const run = async (request) => {
    setState((before) => ({ ...before, busy: true }));
    try {
      setState({ busy: false, value: await request() });
    } catch (problem) {
      setState({ busy: false, problem });
    }
  };
  return [state, run, () => setState({ busy: false })];
}

/** How long is left until a moment of the clock here, counted down; a reader of the screen is not told each second. */
export function TimeLeft({ until }) {
  const [, setTicks] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setTicks((ticks) => ticks + 1), SECOND_MILLIS);
    return () => clearInterval(timer);
  }, [until]);
  const millis = until - Date.now();
  return html`<span class="left ${millis > 0 ? "" : "over"}" aria-live="off">${millis > 0 ? `${span(millis)} left` : "expired"}</span>`;
}

/** A span of time in its greatest unit, of which there are then at least two. */
function span(millis) {
  const [unit, length] = UNITS.find(([, unitMillis]) => millis >= 2 * unitMillis) ?? UNITS[UNITS.length - 1];
  return `${Math.max(1, Math.round(millis / length)).toLocaleString()} ${unit}`;
}

/** A duration for people. */
export function duration(millis) {
  return millis < 10 ? `${millis.toFixed(1)} ms` : `${Math.round(millis)} ms`;
}
