package io.quorate.server.store;

import io.quorate.core.port.ReplicaMeta;

/**
 * What a store keeps of a replica.
 *
 * @param keyGeneration under which its keys are stored; 0 in a store that needs none
 */
record ReplicaState(ReplicaMeta meta, int keyGeneration) {}
