package io.quorate.core.wire;

import io.quorate.api.Bytes;
import io.quorate.core.log.Space;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * One family of encodings under test.
 *
 * @param name also the name of the file of golden bytes
 * @param samples hand-made, by name
 * @param random a random one
 */
record Family<T>(
        String name,
        Map<String, ? extends T> samples,
        Function<RandomWords, T> random,
        Function<T, Bytes> encode,
        Function<Bytes, T> decode) {
    static final Family<io.quorate.api.Record> RECORDS = new Family<>(
            "record", Samples.records(), RandomWords::record, RecordCodecV1::encode, RecordCodecV1::decode);

    static final Family<List<KeyRecordsV1.KeyRecord>> SNAPSHOT_PIECES =
            new Family<>("snapshot-piece", Samples.pieces(), Family::randomPairs, Family::pack, Family::unpack);

    static final Family<io.quorate.core.log.LogRecord> LOG_RECORDS = new Family<>(
            "log-record",
            Samples.logRecords(),
            words -> new RandomLog(words).logRecord(),
            LogRecordCodecV1::encode,
            LogRecordCodecV1::decode);

    static final Family<io.quorate.core.log.Remembered> REMEMBERED = new Family<>(
            "remembered",
            Samples.remembered(),
            words -> new RandomLog(words).remembered(),
            RememberedCodecV1::encode,
            RememberedCodecV1::decode);

    static final Family<io.quorate.core.log.SessionState> SESSIONS = new Family<>(
            "session",
            Samples.sessions(),
            words -> new RandomLog(words).session(),
            SessionStateCodecV1::encode,
            SessionStateCodecV1::decode);

    static final Family<io.quorate.core.message.Message> MESSAGES = new Family<>(
            "message",
            MessageSamples.all(),
            words -> new RandomMessages(words).message(),
            MessageCodecV1::encode,
            MessageCodecV1::decode);

    /** All of them. */
    static List<Family<?>> all() {
        return List.of(RECORDS, SNAPSHOT_PIECES, LOG_RECORDS, REMEMBERED, SESSIONS, MESSAGES);
    }

    T next(RandomWords words) {
        return random.apply(words);
    }

    /** Encodings of all samples and of {@code count} random ones. */
    List<Bytes> encodings(long seed, int count) {
        List<Bytes> encodings = new ArrayList<>();
        samples.values().forEach(sample -> encodings.add(encode.apply(sample)));
        RandomWords words = new RandomWords(seed);
        for (int i = 0; i < count; i++) {
            encodings.add(encode.apply(next(words)));
        }
        return encodings;
    }

    @Override
    public String toString() {
        return name;
    }

    private static List<KeyRecordsV1.KeyRecord> randomPairs(RandomWords words) {
        return words.several(
                words.below(6),
                () -> new KeyRecordsV1.KeyRecord(words.oneOf(Space.values()), words.key(), words.record()));
    }

    private static Bytes pack(List<KeyRecordsV1.KeyRecord> pairs) {
        KeyRecordsV1.Packer packer = new KeyRecordsV1.Packer();
        pairs.forEach(pair -> packer.add(pair.space(), pair.key(), pair.record(), Integer.MAX_VALUE));
        return packer.take();
    }

    private static List<KeyRecordsV1.KeyRecord> unpack(Bytes piece) {
        List<KeyRecordsV1.KeyRecord> pairs = new ArrayList<>();
        KeyRecordsV1.read(piece).forEachRemaining(pairs::add);
        return pairs;
    }
}
