/** How the cluster stands: figures, workers, and the progress of healing. */

import { html, useEffect, useRef } from "./vendor/htm-preact-standalone.js";
import { transfersOf } from "./cluster.js";
import { Card } from "./parts.js";

const SHOWN_TRANSFERS = 4;
const SKEW_WARNING_MILLIS = 1_000;

/** The figures at the top of the page. */
export function Figures({ cluster }) {
  const { summary, counts } = cluster;
  const figures = [
    { name: "Workers up", value: summary.workersUp, of: summary.workersRegistered, bad: summary.workersUp < summary.workersRegistered },
    { name: "Partitions healthy", value: counts.healthy, of: summary.partitions, bad: counts.healthy < summary.partitions },
    { name: "Under-replicated", value: summary.underReplicated, bad: summary.underReplicated > 0 },
    { name: "Without leader", value: summary.leaderless, bad: summary.leaderless > 0 },
    { name: "Moving", value: summary.moving, busy: summary.moving > 0 },
    { name: "Write quorum", value: summary.writeQuorum, of: summary.replicas },
  ];
  return html`<dl class="figures">
    ${figures.map(
      ({ name, value, of, bad, busy }) => html`<div key=${name} class="figure ${bad ? "bad" : busy ? "busy" : ""}">
        <dt>${name}</dt>
        <dd>${value.toLocaleString()}${of !== undefined && html` <small>of ${of.toLocaleString()}</small>`}</dd>
      </div>`,
    )}
  </dl>`;
}

/** One sentence about all of it. */
export function headlineOf({ counts, summary }) {
  if (summary.workersRegistered === 0) {
    return { tone: "busy", text: "Waiting for workers" };
  }
  if (summary.partitions === 0) {
    return { tone: "busy", text: "Waiting for enough workers" };
  }
  if (summary.leaderless > 0) {
    return { tone: "bad", text: `${partitions(summary.leaderless)} without a leader` };
  }
  if (summary.underReplicated > 0) {
    return { tone: "warn", text: `${partitions(summary.underReplicated)} under-replicated` };
  }
  if (summary.moving > 0) {
    return { tone: "busy", text: `Moving ${partitions(summary.moving)}` };
  }
  return { tone: "good", text: `All ${partitions(counts.healthy)} healthy` };
}

function partitions(count) {
  return `${count.toLocaleString()} ${count === 1 ? "partition" : "partitions"}`;
}

const STATUS_WORDS = { up: "up", suspected: "suspected", down: "down", draining: "draining" };

/** The workers, one a row. */
export function Workers({ cluster }) {
  const most = Math.max(1, ...cluster.workers.map((worker) => worker.holds));
  return html`<${Card} title="Workers" name="workers">
    ${cluster.workers.length === 0
      ? html`<p class="empty">No worker has registered. Start one with <code>quorate worker</code>.</p>`
      : html`<div class="scroll">
          <table>
            <thead>
              <tr>
                <th scope="col">Worker</th><th scope="col">Status</th><th scope="col">Heartbeat</th>
                <th scope="col">Leads / holds</th><th scope="col">Address</th>
              </tr>
            </thead>
            <tbody>
              ${cluster.workers.map((worker) => html`<${WorkerRow} key=${worker.id} worker=${worker} most=${most} />`)}
            </tbody>
          </table>
        </div>`}
  <//>`;
}

function WorkerRow({ worker, most }) {
  const skewed = Math.abs(worker.clockSkewMillis) >= SKEW_WARNING_MILLIS;
  return html`<tr>
    <th scope="row">${worker.id}${worker.zone && html` <span class="muted zone">${worker.zone}</span>`}</th>
    <td><span class="status ${worker.status}">${STATUS_WORDS[worker.status]}</span></td>
    <td class="nowrap">${age(worker.heartbeatSecondsAgo)}${skewed &&
      html`<span class="warn-text" title="Its clock differs from the controller's"> clock ${(worker.clockSkewMillis / 1000).toFixed(1)} s off</span>`}</td>
    <td class="nowrap">
      <span class="share" aria-hidden="true">
        <i class="leads" style=${{ width: `${(100 * worker.leads) / most}%` }}></i>
        <i class="holds" style=${{ width: `${(100 * Math.max(0, worker.holds - worker.leads)) / most}%` }}></i>
      </span>
      <span class="numbers">${worker.leads} / ${worker.holds}</span>
    </td>
    <td class="mono muted address">${worker.address.replace("http://", "")}</td>
  </tr>`;
}

function age(seconds) {
  if (seconds < 1) {
    return "under 1 s ago";
  }
  return seconds < 120 ? `${seconds} s ago` : `${Math.floor(seconds / 60)} min ago`;
}

/** How far healing is: how many partitions have all their replicas, and what is being copied. */
export function Healing({ cluster }) {
  const { counts, summary } = cluster;
  const total = summary.partitions;
  const remaining = total - counts.healthy;
  const worst = useWorst(remaining);
  const transfers = transfersOf(cluster);
  const parts = [
    ["healthy", counts.healthy, "healthy"],
    ["moving", counts.moving, "moving"],
    ["under", counts.under, "under-replicated"],
    ["leaderless", counts.leaderless, "without leader"],
  ].filter(([, count]) => count > 0);
  if (total === 0) {
    return null;
  }
  return html`<${Card} title="Replication" name="healing">
    <p class="headline">
      ${remaining === 0
        ? `All ${total.toLocaleString()} partitions have their ${summary.replicas} replicas.`
        : `${counts.healthy.toLocaleString()} of ${total.toLocaleString()} partitions have all their replicas.`}
      ${remaining > 0 && worst > remaining && html` <b>${worst - remaining} of ${worst} restored.</b>`}
    </p>
    <div
      class="bar" role="progressbar" aria-label="Partitions with all their replicas"
      aria-valuemin="0" aria-valuemax=${total} aria-valuenow=${counts.healthy}
      aria-valuetext=${parts.map(([, count, words]) => `${count} ${words}`).join(", ")}
    >
      ${parts.map(([name, count]) => html`<i key=${name} class=${name} style=${{ width: `${(100 * count) / total}%` }}></i>`)}
    </div>
    <ul class="legend">
      ${parts.map(([name, count, words]) => html`<li key=${name}><i class="dot ${name}"></i>${count.toLocaleString()} ${words}</li>`)}
    </ul>
    ${transfers.length > 0 && html`<${Transfers} transfers=${transfers} />`}
  <//>`;
}

function Transfers({ transfers }) {
  return html`<ul class="transfers" aria-label="Replicas being copied">
    ${transfers.slice(0, SHOWN_TRANSFERS).map(
      ({ partition, worker, percent }) => html`<li key=${partition + worker}>
        <span>Partition ${partition} → ${worker}</span>
        <progress max="100" value=${Math.max(0, percent)} aria-label=${`Partition ${partition} to ${worker}`}></progress>
        <span class="numbers">${percent >= 0 ? `${percent} %` : "log"}</span>
      </li>`,
    )}
    ${transfers.length > SHOWN_TRANSFERS && html`<li class="muted">and ${transfers.length - SHOWN_TRANSFERS} more</li>`}
  </ul>`;
}

/** The greatest number since it was last 0: what there was to heal. */
function useWorst(remaining) {
  const worst = useRef(0);
  worst.current = remaining === 0 ? 0 : Math.max(worst.current, remaining);
  return worst.current;
}

/** Says in the title of the window how the cluster stands. */
export function useTitle(cluster, lost) {
  const text = lost ? "no answer" : cluster ? headlineOf(cluster).text : "…";
  useEffect(() => {
    document.title = `Quorate: ${text}`;
  }, [text]);
}
