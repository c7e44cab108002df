/** The page: it asks how the cluster stands every second while it is seen, and draws what changed. */

import { html, render, useEffect, useRef, useState } from "./vendor/htm-preact-standalone.js";
import * as api from "./api.js";
import { decode } from "./cluster.js";
import { Keys } from "./keys.js";
import { PartitionMap } from "./map.js";
import { ReadKey } from "./read.js";
import { Figures, headlineOf, Healing, useTitle, Workers } from "./status.js";
import { Watch } from "./watch.js";
import { WriteKey } from "./write.js";

const POLL_MILLIS = 1_000;
/** A document of so many partitions is large: it is asked for less often. */
const MANY_PARTITIONS = 2_048;
const SLOW_POLL_MILLIS = 5_000;

/** The cluster as last heard, and since when nothing was heard if so. */
function useCluster() {
  const [state, setState] = useState({ cluster: null, lostSince: null });
  const latest = useRef({});
  useEffect(() => {
    let timer;
    let stopped = false;
    let asking = false;
    const poll = async () => {
      if (asking) {
        return;
      }
      asking = true;
      clearTimeout(timer);
      try {
        const answer = await api.cluster(latest.current.tag);
        if (answer) {
          latest.current = { tag: answer.tag, cluster: decode(answer.document, latest.current.cluster) };
        }
        const { cluster } = latest.current;
        setState((before) =>
          before.cluster === cluster && before.lostSince === null ? before : { cluster, lostSince: null },
        );
      } catch (problem) {
        setState((before) => ({ ...before, lostSince: before.lostSince ?? Date.now(), problem }));
      }
      asking = false;
      const many = latest.current.cluster?.partitions.length > MANY_PARTITIONS;
      if (!stopped && !document.hidden) {
        timer = setTimeout(poll, many ? SLOW_POLL_MILLIS : POLL_MILLIS);
      }
    };
    const onVisibility = () => !document.hidden && poll();
    document.addEventListener("visibilitychange", onVisibility);
    poll();
    return () => {
      stopped = true;
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", onVisibility);
    };
  }, []);
  return state;
}

function App() {
  const { cluster, lostSince, problem } = useCluster();
  const [wanted, setWanted] = useState(null);
  const [located, setLocated] = useState(null);
  const [changes, setChanges] = useState(0);
  useTitle(cluster, lostSince !== null);

  const changed = () => setChanges((count) => count + 1);
  const written = async (key) => {
    changed();
    setLocated(await api.locate(key).catch(() => null));
  };
  const workers = cluster?.workers ?? [];
  return html`
    <a class="skip" href="#content">Skip to the content</a>
    <${Header} cluster=${cluster} lost=${lostSince !== null} />
    ${lostSince !== null && html`<${Lost} since=${lostSince} problem=${problem} stale=${cluster !== null} />`}
    <main id="content" tabindex="-1">
      <div class="side">
        <${WriteKey} workers=${workers} onWritten=${written} />
        <${ReadKey} workers=${workers} wanted=${wanted} onRead=${setLocated} onChanged=${changed} />
        <${Keys} workers=${workers} changes=${changes} onOpen=${(key, worker) => setWanted({ key, worker })} />
      </div>
      <div class="state ${lostSince === null ? "" : "stale"}">
        ${cluster &&
        html`<${Figures} cluster=${cluster} />
          <${Healing} cluster=${cluster} />
          <${Workers} cluster=${cluster} />
          <${Watch} onOpen=${(key) => setWanted({ key, worker: "" })} />
          <${PartitionMap} cluster=${cluster} located=${located} />`}
      </div>
    </main>`;
}

function Header({ cluster, lost }) {
  const headline = lost ? { tone: "bad", text: "No answer" } : cluster ? headlineOf(cluster) : { tone: "busy", text: "Asking…" };
  return html`<header>
    <img src="/ui/icon.svg" alt="" width="32" height="32" />
    <h1>Quorate</h1>
    ${cluster && html`<p class="muted cluster">
      <span>controller <b>${cluster.controller.id}</b></span>
      ${cluster.controller.cluster && html`<span class="uuid">cluster <code>${cluster.controller.cluster.slice(0, 8)}</code></span>`}
    </p>`}
    <p class="pill ${headline.tone}" role="status">${headline.text}</p>
  </header>`;
}

/** The time goes on without an answer, so this counts by itself. */
function Lost({ since, problem, stale }) {
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), POLL_MILLIS);
    return () => clearInterval(timer);
  }, []);
  const seconds = Math.max(0, Math.round((now - since) / 1000));
  return html`<div class="banner" role="alert">
    <p><b>${problem?.detail || "The controller does not answer."}</b></p>
    <p aria-live="off">${stale ? `What is shown is ${seconds} s old. ` : ""}Trying again every second.</p>
  </div>`;
}

render(html`<${App} />`, document.getElementById("app"));
