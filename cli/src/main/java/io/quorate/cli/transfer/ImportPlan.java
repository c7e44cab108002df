package io.quorate.cli.transfer;

/**
 * How records are imported.
 *
 * @param keyPrefix what is put before every key
 * @param onlyAbsent whether keys that exist stay as they are
 * @param dryRun whether nothing is written
 * @param resume whether to go on where an interrupted import ended, if there is one
 * @param skipMalformed whether what is no record is left out
 */
public record ImportPlan(String keyPrefix, boolean onlyAbsent, boolean dryRun, boolean resume, boolean skipMalformed) {}
