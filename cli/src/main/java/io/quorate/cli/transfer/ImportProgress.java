package io.quorate.cli.transfer;

/**
 * How far an import is.
 *
 * @param format 1
 * @param keyPrefix what it puts before every key
 * @param place up to which every record has its outcome
 * @param before what tells that the same is before the place when it is gone on with
 * @param counts of the records before it
 */
record ImportProgress(int format, String keyPrefix, RecordSource.Place place, String before, ImportCounts counts) {
    static final int FORMAT = 1;

    static ImportProgress start(String keyPrefix) {
        return new ImportProgress(FORMAT, keyPrefix, RecordSource.Place.START, "", ImportCounts.NONE);
    }

    ImportProgress at(RecordSource.Place other, ImportCounts more) {
        return new ImportProgress(FORMAT, keyPrefix, other, "", counts.plus(more));
    }

    ImportProgress with(String whatIsBefore) {
        return new ImportProgress(FORMAT, keyPrefix, place, whatIsBefore, counts);
    }
}
