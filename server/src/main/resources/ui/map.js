/** The map of partitions and workers: a column for each partition, a row for each worker, wrapped into bands. */

import { Component, html, useEffect, useLayoutEffect, useRef, useState } from "./vendor/htm-preact-standalone.js";
import { wordsOf } from "./cluster.js";
import { Card } from "./parts.js";

/** So many partitions are drawn at once; beyond it the map has pages. */
const PAGE = 1_024;
const LABEL_PIXELS = 52;
const MAX_CELL_PIXELS = 26;
const STEPS = [128, 64, 32, 16, 8];

const LEGEND = [
  ["leader", "leader"],
  ["follower", "follower"],
  ["lagging", "follower, lagging"],
  ["learner", "new replica, being copied"],
  ["broken", "not following"],
];

/** How many columns, a power of two like the number of partitions, and how large a cell may then be. */
function layoutOf(count, width) {
  const least = count <= 128 ? 15 : count <= 512 ? 12 : 10;
  const room = Math.max(8, Math.floor((width - LABEL_PIXELS) / least));
  const columns = STEPS.find((step) => step <= room && step <= Math.max(32, count)) ?? 8;
  return { columns, cell: Math.min(MAX_CELL_PIXELS, Math.floor((width - LABEL_PIXELS) / columns)) };
}

export function PartitionMap({ cluster, located }) {
  const [onlyIll, setOnlyIll] = useState(false);
  const [page, setPage] = useState(0);
  const [chosen, setChosen] = useState(0);
  const [width, box] = useWidth();
  useEffect(() => {
    if (located) {
      setOnlyIll(false);
      setPage(Math.floor(located.partition / PAGE));
      setChosen(located.partition);
    }
  }, [located]);
  const ill = cluster.partitions.filter((partition) => partition.state !== "healthy");
  const all = onlyIll ? ill : cluster.partitions;
  const pages = Math.max(1, Math.ceil(all.length / PAGE));
  const shownPage = Math.min(page, pages - 1);
  const shown = all.slice(shownPage * PAGE, (shownPage + 1) * PAGE);
  const { columns, cell } = layoutOf(shown.length, width);
  const selected = shown.find((partition) => partition.number === chosen) ?? shown[0];
  if (cluster.partitions.length === 0) {
    return null;
  }
  const filter = (ill.length > 0 || onlyIll) && html`<label class="check">
    <input type="checkbox" checked=${onlyIll} onChange=${(event) => setOnlyIll(event.target.checked)} />
    only the ${ill.length.toLocaleString()} not healthy
  </label>`;
  return html`<${Card} title="Partitions" name="map" aside=${filter}>
    <ul class="legend">
      ${LEGEND.map(([name, words]) => html`<li key=${name}><span class="sample" aria-hidden="true"><i class=${name}></i></span>${words}</li>`)}
    </ul>
    ${selected && html`<${Detail} cluster=${cluster} partition=${selected} />`}
    <div ref=${box} class="grid-box" style=${{ "--cell": `${cell}px` }}>
      ${shown.length === 0
        ? html`<p class="empty">Every partition is healthy.</p>`
        : html`<${Bands} cluster=${cluster} shown=${shown} columns=${columns} selected=${selected.number}
            located=${located?.partition} onChoose=${setChosen} />`}
    </div>
    ${pages > 1 && html`<${Pages} page=${shownPage} pages=${pages} shown=${shown} onPage=${setPage} />`}
  <//>`;
}

/** The width of an element, as it changes. */
function useWidth() {
  const box = useRef(null);
  const [width, setWidth] = useState(800);
  useLayoutEffect(() => {
    if (!box.current) {
      return undefined;
    }
    const observer = new ResizeObserver(([entry]) => setWidth(entry.contentRect.width));
    observer.observe(box.current);
    setWidth(box.current.clientWidth);
    return () => observer.disconnect();
  }, [box.current]);
  return [width, box];
}

/** One tab stop; arrow keys go from partition to partition. */
function Bands({ cluster, shown, columns, selected, located, onChoose }) {
  const grid = useRef(null);
  const steps = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: columns, ArrowUp: -columns };
  const onKeyDown = (event) => {
    const at = shown.findIndex((partition) => partition.number === selected);
    const target =
      event.key === "Home" ? 0 : event.key === "End" ? shown.length - 1 : event.key in steps ? at + steps[event.key] : -1;
    if (target >= 0 && target < shown.length) {
      event.preventDefault();
      onChoose(shown[target].number);
      grid.current.querySelector(`[data-partition="${shown[target].number}"]`)?.focus();
    }
  };
  const choose = (event) => {
    const column = event.target.closest?.("[data-partition]");
    if (column) {
      onChoose(Number(column.dataset.partition));
    }
  };
  const bands = [];
  for (let at = 0; at < shown.length; at += columns) {
    bands.push(shown.slice(at, at + columns));
  }
  return html`<div ref=${grid} class="bands" role="grid" aria-label="Partitions; arrow keys go from one to the next"
    aria-colcount=${columns} onKeyDown=${onKeyDown} onMouseOver=${choose} onfocusin=${choose} onClick=${choose}>
    ${bands.map(
      (band) => html`<div key=${band[0].number} class="band" role="row">
        <div class="names" role="rowheader">
          <span class="range">${band[0].number}</span>
          ${cluster.workers.map((worker) => html`<span key=${worker.id} class="name ${worker.status}" aria-hidden="true">${worker.id}</span>`)}
        </div>
        ${band.map((partition) => html`<${Column} key=${partition.number} partition=${partition} cells=${partition.cells}
          selected=${partition.number === selected} located=${partition.number === located} />`)}
      </div>`,
    )}
  </div>`;
}

/** One partition; it is drawn again only when it changed. */
class Column extends Component {
  shouldComponentUpdate(next) {
    const { partition, selected, located } = this.props;
    return next.partition !== partition || next.selected !== selected || next.located !== located;
  }

  render({ partition, selected, located }) {
    const condition = partition.leader < 0 ? "leaderless" : partition.state === "healthy" ? "" : "ill";
    return html`<div
      class="column ${condition} ${selected ? "selected" : ""} ${located ? "located" : ""}"
      role="gridcell" tabindex=${selected ? 0 : -1} data-partition=${partition.number} aria-label=${partition.label}
      aria-selected=${selected}
    >
      <b></b>${partition.cells.map((kind, worker) => html`<i key=${worker} class=${kind}></i>`)}
    </div>`;
  }
}

function Pages({ page, pages, shown, onPage }) {
  return html`<nav class="pages" aria-label="Pages of partitions">
    <button type="button" disabled=${page === 0} onClick=${() => onPage(page - 1)}>Before</button>
    <span>${shown[0].number.toLocaleString()} to ${shown[shown.length - 1].number.toLocaleString()}</span>
    <button type="button" disabled=${page === pages - 1} onClick=${() => onPage(page + 1)}>Next</button>
  </nav>`;
}

function Detail({ cluster, partition }) {
  const replicas = [...partition.byWorker.keys()].filter((worker) => worker >= 0).sort((a, b) => a - b);
  return html`<div class="detail">
    <p>
      <b>Partition ${partition.number}</b>
      <span class="pill ${partition.leader < 0 ? "bad" : partition.state === "healthy" ? "good" : "warn"}">${partition.state}</span>
      <span class="muted">term ${partition.term}${partition.leader >= 0 && !partition.established ? ", leader not yet serving" : ""}</span>
      ${partition.detail && html`<span>${partition.detail}</span>`}
    </p>
    <ul>
      ${replicas.map(
        (worker) => html`<li key=${worker}>
          <span class="sample" aria-hidden="true"><i class=${partition.cells[worker]}></i></span>
          <b>${cluster.ids[worker]}</b>${wordsOf(partition, worker)}
        </li>`,
      )}
    </ul>
  </div>`;
}
