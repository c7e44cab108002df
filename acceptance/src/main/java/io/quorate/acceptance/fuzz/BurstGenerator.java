package io.quorate.acceptance.fuzz;

import io.quorate.acceptance.fuzz.Burst.Ending;
import java.util.List;
import java.util.SplittableRandom;

/** Makes requests: the same seed and number make the same ones. */
final class BurstGenerator {
    private static final int MOST_REQUESTS = 16;
    private static final String CLOSING = "GET /livez HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    private static final List<RequestKind> KINDS = List.of(
            RequestKind.MIXED,
            RequestKind.MIXED,
            RequestKind.MIXED,
            RequestKind.MIXED,
            RequestKind.JSON,
            RequestKind.JSON,
            RequestKind.CODED,
            RequestKind.CODED,
            RequestKind.DAMAGED,
            RequestKind.CUT,
            RequestKind.CHUNKED,
            RequestKind.LENGTHS,
            RequestKind.OVERSIZE);

    private final long seed;
    private final Vocabulary vocabulary;
    private final int targets;

    /** @param targets how many processes there are */
    BurstGenerator(long seed, Vocabulary vocabulary, int targets) {
        this.seed = seed;
        this.vocabulary = vocabulary;
        this.targets = targets;
    }

    Burst burst(long number) {
        Dice dice = new Dice(new SplittableRandom(mixed(seed, number)));
        RequestKind kind = dice.any(KINDS);
        int target = dice.below(targets);
        int requests = 1 + dice.below(kind == RequestKind.OVERSIZE ? 2 : MOST_REQUESTS);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < requests; i++) {
            text.append(request(kind, dice));
        }
        Ending ending = switch (kind) {
            case MIXED, JSON, CODED -> Ending.ASKED;
            case DAMAGED, CHUNKED, LENGTHS, OVERSIZE -> Ending.SILENCE;
            case CUT -> Ending.RESET;
        };
        switch (kind) {
            case DAMAGED -> damage(text, dice);
            case CUT -> text.setLength(1 + dice.below(text.length()));
            default -> text.append(CLOSING);
        }
        return new Burst(number, kind, target, requests, RequestText.bytes(text), ending);
    }

    /** Neighbours have nothing in common: the finalizer of MurmurHash3. */
    private static long mixed(long seed, long number) {
        long bits = seed * 0x9E3779B97F4A7C15L + number;
        bits = (bits ^ (bits >>> 33)) * 0xFF51AFD7ED558CCDL;
        bits = (bits ^ (bits >>> 33)) * 0xC4CEB9FE1A85EC53L;
        return bits ^ (bits >>> 33);
    }

    private RequestText request(RequestKind kind, Dice dice) {
        return switch (kind) {
            case MIXED, DAMAGED, CUT -> mixed(vocabulary.line(dice), dice);
            case CODED ->
                mixed(
                        dice.onceIn(4)
                                ? dice.any(Vocabulary.METHODS) + " " + dice.any(StrangeRequests.TARGETS)
                                : StrangeRequests.coded(vocabulary.line(dice), dice),
                        dice);
            case JSON ->
                new RequestText(vocabulary.line(dice))
                        .header("Content-Type: application/json")
                        .body(JsonMutation.of(dice.any(vocabulary.bodies()), dice));
            case CHUNKED -> StrangeRequests.chunked(vocabulary.line(dice), dice);
            case LENGTHS -> StrangeRequests.lengths(vocabulary.line(dice), dice);
            case OVERSIZE -> StrangeRequests.oversize(vocabulary.line(dice), dice);
        };
    }

    private static RequestText mixed(String line, Dice dice) {
        RequestText request = new RequestText(line).headers(dice);
        return dice.onceIn(3) ? request : request.body(dice.any(Vocabulary.BODIES));
    }

    private static void damage(StringBuilder text, Dice dice) {
        for (int wounds = 1 + dice.below(6); wounds > 0; wounds--) {
            int at = dice.below(text.length());
            switch (dice.below(4)) {
                case 0 -> text.setCharAt(at, dice.anyByte());
                case 1 -> text.insert(at, dice.anyByte());
                case 2 -> text.deleteCharAt(at).append(' ');
                default -> text.setLength(Math.max(text.length() / 2, at) + 1 > text.length() ? text.length() : at + 1);
            }
        }
    }
}
