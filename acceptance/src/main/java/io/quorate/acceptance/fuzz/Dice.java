package io.quorate.acceptance.fuzz;

import java.util.List;
import java.util.random.RandomGenerator;

/** Choices made at random. */
record Dice(RandomGenerator random) {
    <T> T any(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    /** From 0 to one less. */
    int below(int bound) {
        return random.nextInt(bound);
    }

    /** Once in so many times. */
    boolean onceIn(int times) {
        return random.nextInt(times) == 0;
    }

    char anyByte() {
        return (char) random.nextInt(256);
    }
}
