/** The cluster's document, taken apart for the page. */

/** Beyond so many entries behind its leader a replica is shown as lagging. */
export const LAGGING_ENTRIES = 100;

/**
 * Reads the document. A partition that did not change stays the same object, so that nothing of it is drawn again.
 */
export function decode(document, before) {
  const known = new Map((before?.partitions ?? []).map((partition) => [partition.text, partition]));
  const ids = document.workers.map((worker) => worker.id);
  const same = before !== undefined && before.ids.join() === ids.join();
  const partitions = document.partitions.map((row) => {
    const text = JSON.stringify(row);
    return (same && known.get(text)) || partitionOf(row, text, ids);
  });
  return { ...document, ids, partitions, counts: countsOf(partitions) };
}

function partitionOf([number, term, leader, established, state, detail, replicas], text, ids) {
  const byWorker = new Map();
  for (const [worker, learner, lag, healthy, percent] of replicas) {
    byWorker.set(worker, { worker, learner: learner === 1, lag, healthy: healthy === 1, percent });
  }
  const partition = { number, term, leader, established: established === 1, state, detail, byWorker, text };
  partition.cells = ids.map((id, worker) => cellOf(partition, worker));
  partition.label = labelOf(partition, ids);
  return partition;
}

/** What stands in the map for a worker and a partition. */
function cellOf(partition, worker) {
  const replica = partition.byWorker.get(worker);
  if (!replica) {
    return "none";
  }
  if (replica.learner) {
    return "learner";
  }
  if (!replica.healthy) {
    return "broken";
  }
  if (partition.leader === worker) {
    return "leader";
  }
  return replica.lag > LAGGING_ENTRIES ? "lagging" : "follower";
}

const CELL_WORDS = {
  leader: "leader",
  follower: "follower",
  lagging: "follower",
  broken: "not following",
  learner: "new replica",
};

/** A replica in words. */
export function wordsOf(partition, worker) {
  const replica = partition.byWorker.get(worker);
  const words = [CELL_WORDS[partition.cells[worker]]];
  if (replica.learner && replica.percent >= 0) {
    words.push(`${replica.percent} % copied`);
  }
  if (replica.lag > 0) {
    words.push(`${replica.lag.toLocaleString()} behind`);
  }
  return words.join(", ");
}

function labelOf(partition, ids) {
  const replicas = [...partition.byWorker.keys()]
    .filter((worker) => worker >= 0)
    .map((worker) => `${ids[worker]} ${wordsOf(partition, worker)}`);
  return `Partition ${partition.number}, ${partition.state}: ${replicas.join("; ") || "no replicas"}`;
}

/** How many partitions are in which condition, the worst first. */
function countsOf(partitions) {
  const counts = { leaderless: 0, under: 0, moving: 0, healthy: 0 };
  for (const { state, leader } of partitions) {
    if (leader < 0) {
      counts.leaderless++;
    } else if (state === "moving") {
      counts.moving++;
    } else if (state === "healthy") {
      counts.healthy++;
    } else {
      counts.under++;
    }
  }
  return counts;
}

/** The copies that are under way, the furthest first. */
export function transfersOf(cluster) {
  const transfers = [];
  for (const partition of cluster.partitions) {
    for (const replica of partition.byWorker.values()) {
      if (replica.learner) {
        transfers.push({ partition: partition.number, worker: cluster.ids[replica.worker], percent: replica.percent });
      }
    }
  }
  return transfers.sort((one, other) => other.percent - one.percent || one.partition - other.partition);
}
