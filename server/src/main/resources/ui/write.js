/** Writes a key. */

import { html, useState } from "./vendor/htm-preact-standalone.js";
import * as api from "./api.js";
import { Card, duration, Facts, Failure, Field, Results, useRequest, WorkerChoice } from "./parts.js";
import { Timeline } from "./timeline.js";

export function WriteKey({ workers, onWritten }) {
  const [key, setKey] = useState("");
  const [value, setValue] = useState("");
  const [worker, setWorker] = useState("");
  const [explain, setExplain] = useState(false);
  const [state, run] = useRequest();

  const submit = (event) => {
    event.preventDefault();
    run(async () => {
      const written = await api.write(key, value, worker, explain);
      onWritten(key);
      return written;
    });
  };

  return html`<${Card} title="Write a key" name="write">
    <form onSubmit=${submit}>
      <${Field} label="Key">
        ${(id) => html`<input id=${id} class="mono" required autocomplete="off" spellcheck="false" placeholder="demo-key"
          value=${key} onInput=${(event) => setKey(event.target.value)} />`}
      <//>
      <${Field} label="Value">
        ${(id) => html`<textarea id=${id} class="mono" rows="2" spellcheck="false" placeholder="demo-value"
          value=${value} onInput=${(event) => setValue(event.target.value)}></textarea>`}
      <//>
      <div class="row">
        <${Field} label="Through worker">
          ${(id) => html`<${WorkerChoice} id=${id} workers=${workers} value=${worker} onChange=${setWorker} any="any" />`}
        <//>
        <label class="explain-choice">
          <input type="checkbox" checked=${explain} onChange=${(event) => setExplain(event.target.checked)} />
          Show how it went
        </label>
        <button class="primary" disabled=${state.busy}>${state.busy ? "Writing…" : "Write"}</button>
      </div>
    </form>
    <${Results}>
      ${state.problem && html`<${Failure} problem=${state.problem} />`}
      ${state.value && html`<${Written} written=${state.value} />`}
    <//>
  <//>`;
}

function Written({ written }) {
  return html`<div class="result good">
    <p class="result-title">
      <span class="mark" aria-hidden="true">✓</span>${written.created ? "Created" : "Replaced"}${" "}<code>${written.key ?? "base64:" + written.keyBase64}</code>
    </p>
    <${Facts}
      facts=${[
        ["On disk at", `${written.acks} of ${written.replicas} replicas (quorum ${written.quorum})`],
        ["Revision", html`<code>${written.revision}</code>`],
        ["Through", written.asked],
        ["Took", duration(written.millis)],
      ]}
    />
    ${written.explanation && html`<${Timeline} explanation=${written.explanation} />`}
  </div>`;
}
