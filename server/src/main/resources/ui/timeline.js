/** How a write went: what each replica did when, drawn to scale. */

import { html } from "./vendor/htm-preact-standalone.js";
import { duration } from "./parts.js";

const millis = (micros) => (micros === null ? "–" : duration(micros / 1000));

export function Timeline({ explanation }) {
  const times = explanation.replicas.flatMap((replica) => [replica.acknowledgedMicros, replica.appliedMicros]);
  const end = Math.max(explanation.answeredMicros, ...times.map((time) => time ?? 0), 1);
  const at = (micros) => `${(100 * micros) / end}%`;
  const { takenBy, leader, partition, term, index, quorum } = explanation;
  return html`<div class="timeline">
    <p>
      ${takenBy === leader
        ? html`<b>${leader}</b> took the write and leads`
        : html`<b>${takenBy}</b> took the write and handed it after ${millis(explanation.arrivedMicros)} to <b>${leader}</b>, which leads`}
      ${" "}partition ${partition} in term ${term}: entry ${index}.
      ${" "}${quorum} had it on disk after <b>${millis(explanation.committedMicros)}</b>; it was applied after ${millis(explanation.answeredMicros)}.
    </p>
    <div class="timeline-scroll">
      <table>
        <thead>
          <tr>
            <th scope="col">Replica</th>
            <th scope="col" class="track-head"><span>0</span><span>${duration(end / 1000)}</span></th>
            <th scope="col">Received</th>
            <th scope="col">On disk</th>
            <th scope="col">Acknowledged</th>
            <th scope="col">Applied</th>
            <th scope="col">Quorum without it</th>
          </tr>
        </thead>
        <tbody>
          ${explanation.replicas.map((replica) => html`<${Replica} key=${replica.worker} replica=${replica} at=${at} committed=${explanation.committedMicros} />`)}
        </tbody>
      </table>
    </div>
    <ul class="legend" aria-hidden="true">
      <li><span class="dot writing"></span>to disk</li>
      <li><span class="dot acknowledging"></span>acknowledgement under way</li>
      <li><span class="dot applied"></span>applied</li>
      <li><span class="dot committed"></span>the quorum has it</li>
    </ul>
  </div>`;
}

function Replica({ replica, at, committed }) {
  const { receivedMicros: received, onDiskMicros: onDisk, acknowledgedMicros: acknowledged, appliedMicros: applied } = replica;
  const without = replica.role === "leader" ? "another would lead first" : replica.committedWithoutItMicros === null ? "not reached" : millis(replica.committedWithoutItMicros);
  return html`<tr>
    <th scope="row">${replica.worker}<span class="muted"> ${replica.role}</span></th>
    <td class="track" aria-hidden="true">
      ${received !== null && onDisk !== null && html`<i class="writing" style=${{ left: at(received), width: at(onDisk - received) }}></i>`}
      ${onDisk !== null && acknowledged !== null && html`<i class="acknowledging" style=${{ left: at(onDisk), width: at(acknowledged - onDisk) }}></i>`}
      ${onDisk === null && acknowledged !== null && html`<i class="acknowledging" style=${{ left: at(acknowledged), width: 0 }}></i>`}
      ${applied !== null && html`<i class="applied" style=${{ left: at(applied) }}></i>`}
      <i class="committed" style=${{ left: at(committed) }}></i>
    </td>
    <td>${millis(received)}</td>
    <td>${millis(onDisk)}</td>
    <td>${millis(acknowledged)}</td>
    <td>${millis(applied)}</td>
    <td>${without}</td>
  </tr>`;
}
