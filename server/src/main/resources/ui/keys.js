/** Lists and searches keys. */

import { html, useEffect, useState } from "./vendor/htm-preact-standalone.js";
import * as api from "./api.js";
import { Card, Failure, Field, WorkerChoice } from "./parts.js";

const PAGE = 50;
const TYPING_MILLIS = 250;

export function Keys({ workers, changes, onOpen }) {
  const [prefix, setPrefix] = useState("");
  const [worker, setWorker] = useState("");
  const [list, setList] = useState({ keys: [] });
  const [problem, setProblem] = useState(null);
  const known = workers.length > 0;

  useEffect(() => {
    if (!known) {
      return undefined;
    }
    let current = true;
    const timer = setTimeout(async () => {
      try {
        const page = await api.keys(prefix, worker, null, PAGE);
        if (current) {
          setList(page);
          setProblem(null);
        }
      } catch (failure) {
        if (current) {
          setProblem(failure);
        }
      }
    }, TYPING_MILLIS);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [prefix, worker, changes, known]);

  const more = async () => {
    try {
      const page = await api.keys(prefix, worker, list.cursor, PAGE);
      setList((before) => ({ ...page, keys: [...before.keys, ...page.keys] }));
    } catch (failure) {
      setProblem(failure);
    }
  };

  return html`<${Card} title="Keys" name="keys">
    <div class="row two" role="search">
      <${Field} label="Begin with">
        ${(id) => html`<input id=${id} class="mono" type="search" autocomplete="off" spellcheck="false" placeholder="all keys"
          value=${prefix} onInput=${(event) => setPrefix(event.target.value)} />`}
      <//>
      <${Field} label="Held by">
        ${(id) => html`<${WorkerChoice} id=${id} workers=${workers} value=${worker} onChange=${setWorker} any="all workers" />`}
      <//>
    </div>
    ${problem && html`<${Failure} problem=${problem} />`}
    ${list.keys.length === 0 && !problem
      ? html`<p class="empty">${prefix ? "No key begins so." : "There are no keys yet: write one."}</p>`
      : html`<ul class="keylist" aria-label="Keys found">
          ${list.keys.map(
            (key) => html`<li key=${api.nameOf(key)}>
              <button type="button" class="key mono" onClick=${() => onOpen(key, worker)}>${api.nameOf(key)}</button>
            </li>`,
          )}
        </ul>`}
    <p class="hint" role="status">
      ${list.keys.length > 0 && `${list.keys.length.toLocaleString()} ${list.keys.length === 1 ? "key" : "keys"}${list.cursor ? " and more" : ""}`}
      ${list.withoutAnswerOf?.length > 0 && ` (without an answer of ${list.withoutAnswerOf.join(", ")})`}
    </p>
    ${list.cursor && html`<button type="button" class="wide" onClick=${more}>Show more</button>`}
  <//>`;
}
