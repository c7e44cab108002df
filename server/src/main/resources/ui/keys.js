/** Lists keys by what they begin with, a page at a time. */

import { html, useEffect, useRef, useState } from "./vendor/htm-preact-standalone.js";
import * as api from "./api.js";
import { Card, Failure, Field, TimeLeft, WorkerChoice } from "./parts.js";

const PAGE = 50;
const TYPING_MILLIS = 250;
/** So many pages back can be gone; from further on, to the first one. */
const MOST_PAGES_BACK = 1_000;

const FIRST = { cursor: null, before: 0 };

export function Keys({ workers, changes, onOpen }) {
  const [prefix, setPrefix] = useState("");
  const [worker, setWorker] = useState("");
  const [trail, setTrail] = useState([FIRST]);
  const [asked, setAsked] = useState(0);
  const known = workers.length > 0;
  const here = trail[trail.length - 1];
  const { list, problem } = usePage({ prefix, worker, here, known, again: changes + asked });

  const anew = (change, value) => {
    change(value);
    setTrail([FIRST]);
  };
  const next = () => {
    const further = [...trail, { cursor: list.cursor, before: here.before + list.items.length }];
    setTrail(further.length > MOST_PAGES_BACK ? [FIRST, ...further.slice(2)] : further);
  };
  const refresh = html`<button type="button" class="quiet" onClick=${() => setAsked((count) => count + 1)}>Refresh</button>`;

  return html`<${Card} title="Keys" name="keys" aside=${refresh}>
    <div class="row two" role="search">
      <${Field} label="Begin with">
        ${(id) => html`<input id=${id} class="mono" type="search" autocomplete="off" spellcheck="false" placeholder="all keys"
          value=${prefix} onInput=${(event) => anew(setPrefix, event.target.value)} />`}
      <//>
      <${Field} label="Held by">
        ${(id) => html`<${WorkerChoice} id=${id} workers=${workers} value=${worker}
          onChange=${(value) => anew(setWorker, value)} any="all workers" />`}
      <//>
    </div>
    ${worker && html`<p class="hint">What the replicas on ${worker} have, by name.</p>`}
    ${problem && html`<${Failure} problem=${problem} />`}
    ${list && !problem && html`<${Found} list=${list} prefix=${prefix} onOpen=${(key) => onOpen(key, worker)} />`}
    ${list && html`<${Pages} list=${list} trail=${trail} onBack=${() => setTrail(trail.slice(0, -1))} onNext=${next} />`}
    ${!worker && list?.items.length > 0 && html`<${Count} prefix=${prefix} />`}
  <//>`;
}

/** The page of keys that begins where the trail has come to; typing is waited for. */
function usePage({ prefix, worker, here, known, again }) {
  const [state, setState] = useState({ list: null, problem: null });
  const typed = useRef("");
  useEffect(() => {
    if (!known) {
      return undefined;
    }
    let current = true;
    const pause = typed.current === prefix ? 0 : TYPING_MILLIS;
    typed.current = prefix;
    const timer = setTimeout(async () => {
      const answer = await ask(prefix, worker, here.cursor);
      if (current) {
        setState((before) => (answer.problem ? { ...before, problem: answer.problem } : answer));
      }
    }, pause);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [prefix, worker, here, known, again]);
  return state;
}

async function ask(prefix, worker, cursor) {
  try {
    const list = worker ? await api.keysOf(worker, prefix, cursor, PAGE) : await api.list(prefix, cursor, PAGE);
    return { list, problem: null };
  } catch (problem) {
    return { problem };
  }
}

function Found({ list, prefix, onOpen }) {
  if (list.items.length === 0) {
    return html`<p class="empty">${prefix ? "No key begins so." : "There are no keys yet: write one."}</p>`;
  }
  return html`<ul class="keylist" aria-label="Keys found">
    ${list.items.map(
      (item) => html`<li key=${api.nameOf(item.key)}>
        <button type="button" class="key mono" onClick=${() => onOpen(item.key)}>${api.nameOf(item.key)}</button>
        ${item.revision &&
        html`<p class="about">
          <span class="preview mono">${item.preview}</span>
          ${item.expiresAt !== null && html`<${TimeLeft} until=${item.expiresAt} />`}
          <code class="revision">${item.revision}</code>
        </p>`}
      </li>`,
    )}
  </ul>`;
}

function Pages({ list, trail, onBack, onNext }) {
  const { before } = trail[trail.length - 1];
  const count = list.items.length;
  const shown = count > 0 ? `Keys ${(before + 1).toLocaleString()} to ${(before + count).toLocaleString()}` : "";
  const hasPages = trail.length > 1 || list.cursor;
  return html`<nav class="pages" aria-label="Pages of keys">
    ${hasPages && html`<button type="button" disabled=${trail.length === 1} onClick=${onBack}>Before</button>`}
    <p class="hint" role="status">${shown}</p>
    ${hasPages && html`<button type="button" disabled=${!list.cursor} onClick=${onNext}>Next</button>`}
  </nav>`;
}

/** How many keys there are; asked for by whoever wants to know, as all of them are gone through. */
function Count({ prefix }) {
  const [words, setWords] = useState(null);
  useEffect(() => setWords(null), [prefix]);
  const count = async () => {
    setWords("Counting…");
    try {
      const all = await api.count(prefix);
      setWords(`${all.toLocaleString()} ${all === 1 ? "key" : "keys"} in all.`);
    } catch (problem) {
      setWords(problem.detail || problem.title);
    }
  };
  return html`<p class="hint count" role="status">
    ${words ?? html`<button type="button" class="quiet" onClick=${count}>Count all</button>`}
  </p>`;
}
