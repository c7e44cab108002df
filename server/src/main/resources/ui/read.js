/** Reads a key from one worker, or compares what all of them have. */

import { html, useEffect, useRef, useState } from "./vendor/htm-preact-standalone.js";
import * as api from "./api.js";
import { Card, duration, Facts, Failure, Field, Results, TimeLeft, useRequest, WorkerChoice } from "./parts.js";

const PROMISES = {
  local: "That worker's own replica, as it is: it may be behind.",
  bounded: "What was acknowledged more than half a second before: that worker's replica if it is known to be so fresh, else the leader.",
  linearizable: "Every write that was acknowledged before: the leader answers.",
};

export function ReadKey({ workers, wanted, onRead, onChanged }) {
  const [key, setKey] = useState("");
  const [worker, setWorker] = useState("");
  const [consistency, setConsistency] = useState("local");
  const [state, run] = useRequest();
  const form = useRef(null);

  const show = (wantedKey, wantedWorker) =>
    run(async () => {
      const place = await api.locate(wantedKey).catch(() => null);
      onRead(place);
      const worker = wantedWorker || (consistency === "linearizable" ? "" : anyReplicaOf(place, workers));
      return { answer: await api.read(wantedKey, worker, consistency), place };
    });

  const compare = () =>
    run(async () => {
      const place = await api.locate(key).catch(() => null);
      onRead(place);
      return { place, replicas: await Promise.all(workers.map((one) => replicaOf(key, one.id))) };
    });

  const remove = (wantedKey) =>
    run(async () => {
      const existed = await api.remove(wantedKey, worker);
      onChanged();
      return { removed: api.nameOf(wantedKey), existed };
    });

  useEffect(() => {
    if (wanted) {
      const name = api.nameOf(wanted.key);
      setKey(name);
      setWorker(wanted.worker);
      form.current.scrollIntoView({ block: "nearest" });
      show(wanted.key, wanted.worker);
    }
  }, [wanted]);

  const submit = (event) => {
    event.preventDefault();
    show(key, worker);
  };

  return html`<${Card} title="Read a key" name="read">
    <form ref=${form} onSubmit=${submit}>
      <${Field} label="Key">
        ${(id) => html`<input id=${id} class="mono" required autocomplete="off" spellcheck="false" placeholder="demo-key"
          value=${key} onInput=${(event) => setKey(event.target.value)} />`}
      <//>
      <div class="row two">
        <${Field} label="From worker">
          ${(id) => html`<${WorkerChoice} id=${id} workers=${workers} value=${worker} onChange=${setWorker} any="any replica" />`}
        <//>
        <${Field} label="Consistency">
          ${(id) => html`<select id=${id} value=${consistency} onChange=${(event) => setConsistency(event.target.value)}>
            <option value="local">local</option>
            <option value="bounded">bounded</option>
            <option value="linearizable">linearizable</option>
          </select>`}
        <//>
      </div>
      <p class="hint promise">${PROMISES[consistency]}</p>
      <div class="row buttons">
        <button class="primary" disabled=${state.busy}>${state.busy ? "Reading…" : "Read"}</button>
        <button type="button" disabled=${state.busy || key === ""} onClick=${compare}>Compare all workers</button>
      </div>
    </form>
    <${Results}>
      ${state.problem && html`<${Failure} problem=${state.problem} />`}
      ${state.value?.answer && html`<${Found} ...${state.value} onRemove=${remove} />`}
      ${state.value?.replicas && html`<${Comparison} ...${state.value} />`}
      ${state.value?.removed !== undefined && html`<${Removed} ...${state.value} />`}
    <//>
  <//>`;
}

/** A worker that keeps a replica and is up, each in its turn; none when that is not known. */
function anyReplicaOf(place, workers) {
  const holders = workers.filter(
    ({ id, status }) => status === "up" && (place?.primaryId === id || place?.replicaIds.includes(id)),
  );
  return holders.length > 0 ? holders[Math.floor(Math.random() * holders.length)].id : "";
}

/** What one worker's own replica has; a worker without one says so. */
async function replicaOf(key, worker) {
  try {
    return { worker, ...(await api.read(key, worker, "local")) };
  } catch (problem) {
    return { worker, problem };
  }
}

function Found({ answer, place, onRemove }) {
  const [asking, setAsking] = useState(false);
  const key = answer.key ?? { keyBase64: answer.keyBase64 };
  useEffect(() => setAsking(false), [answer]);
  return html`<div class="result good">
    <p class="result-title"><code>${api.nameOf(key)}</code></p>
    <pre class="value" tabindex="0" aria-label="Value">${answer.value ?? answer.valueBase64}</pre>
    <${Facts}
      facts=${[
        ["Answered by", html`<b>${answer.servedBy}</b> <${Role} role=${answer.role} />`],
        ["Asked", answer.asked !== answer.servedBy && answer.asked],
        ["Revision", html`<code>${answer.revision}</code>`],
        ["Time to live", answer.expiresAt !== null && html`<${TimeLeft} until=${answer.expiresAt} />`],
        ["Consistency", answer.consistency],
        ["Lacks at most what is", answer.consistency === "bounded" && answer.staleness && `${answer.staleness} old`],
        ["Replica has applied", html`<code>${answer.applied}</code>`],
        ["Partition", place && `${place.partition}, led by ${place.primaryId ?? "nobody"}`],
        ["Stored as", answer.contentType ?? (answer.valueBase64 === undefined ? null : "bytes, shown as Base64")],
        ["Took", duration(answer.millis)],
      ].map(([name, value]) => [name, value || null])}
    />
    ${asking
      ? html`<p class="confirm">
          Delete this key from every replica?
          <button type="button" class="danger" onClick=${() => onRemove(key)}>Delete</button>
          <button type="button" onClick=${() => setAsking(false)}>Keep</button>
        </p>`
      : html`<p class="confirm"><button type="button" class="quiet" onClick=${() => setAsking(true)}>Delete…</button></p>`}
  </div>`;
}

function Role({ role }) {
  return html`<span class="role ${role}">${role}</span>`;
}

function Comparison({ replicas, place }) {
  const revisions = new Set(replicas.filter((one) => one.revision).map((one) => one.revision));
  const verdict =
    revisions.size === 0
      ? "No replica has this key."
      : revisions.size === 1
        ? `All ${replicas.filter((one) => one.revision).length} replicas that answered have the same revision.`
        : "The replicas differ: one of them is still catching up.";
  return html`<div class="result ${revisions.size > 1 ? "warn" : "good"}">
    <p class="result-title">${verdict}</p>
    ${place && html`<p class="hint">Partition ${place.partition}, led by ${place.primaryId ?? "nobody"}</p>`}
    <div class="scroll">
      <table class="compare">
        <thead><tr><th scope="col">Worker</th><th scope="col">Role</th><th scope="col">Revision</th><th scope="col">Value</th></tr></thead>
        <tbody>
          ${replicas.map(
            (one) => html`<tr key=${one.worker}>
              <th scope="row">${one.worker}</th>
              ${one.problem
                ? html`<td colspan="3" class="muted">${shortly(one.problem)}</td>`
                : html`<td><${Role} role=${one.role} /></td>
                    <td><code>${one.revision}</code></td>
                    <td class="cut"><code>${one.value ?? one.valueBase64}</code></td>`}
            </tr>`,
          )}
        </tbody>
      </table>
    </div>
  </div>`;
}

function shortly(problem) {
  const words = { 404: "does not have the key", 421: "keeps no replica of it", 503: "cannot be reached", 504: "no answer" };
  return words[problem.status] ?? problem.title;
}

function Removed({ removed, existed }) {
  return html`<div class="result good">
    <p class="result-title">
      <span class="mark" aria-hidden="true">✓</span>${existed ? "Deleted" : "Was not there:"} <code>${removed}</code>
    </p>
  </div>`;
}
