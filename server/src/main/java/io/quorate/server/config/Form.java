package io.quorate.server.config;

import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How a setting's value is written, and which values there are. */
public sealed interface Form {
    /** Completes "it must be …". */
    String description();

    /** Whether the text is such a value. */
    boolean accepts(String text);

    /** Any text without control characters. */
    record Text() implements Form {
        @Override
        public String description() {
            return "text without control characters";
        }

        @Override
        public boolean accepts(String text) {
            return text.chars().noneMatch(Character::isISOControl);
        }
    }

    /** The id of a process. */
    record Id() implements Form {
        private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

        @Override
        public String description() {
            return "1 to 64 letters, digits, '.', '_' or '-', a letter or digit first";
        }

        @Override
        public boolean accepts(String text) {
            return ID.matcher(text).matches();
        }
    }

    /** One of a few words. */
    record Choice(List<String> words) implements Form {
        public Choice {
            words = List.copyOf(words);
        }

        @Override
        public String description() {
            return "one of " + String.join(", ", words);
        }

        @Override
        public boolean accepts(String text) {
            return words.contains(text.toLowerCase(Locale.ROOT));
        }
    }

    /** A whole number. */
    record Whole(int least, int most) implements Form {
        @Override
        public String description() {
            return "a whole number from " + least + " to " + most;
        }

        @Override
        public boolean accepts(String text) {
            return text.matches("\\d{1,9}") && Integer.parseInt(text) >= least && Integer.parseInt(text) <= most;
        }
    }

    /** A power of two. */
    record PowerOfTwo(int most) implements Form {
        @Override
        public String description() {
            return "a power of two from 1 to " + most;
        }

        @Override
        public boolean accepts(String text) {
            return new Whole(1, most).accepts(text) && Integer.bitCount(Integer.parseInt(text)) == 1;
        }
    }

    /** Seconds, fractions allowed. */
    record Seconds(long leastMillis, long mostMillis) implements Form {
        private static final Pattern NUMBER = Pattern.compile("(\\d{1,9})(?:\\.(\\d{1,3}))?");

        @Override
        public String description() {
            return "seconds from " + shown(leastMillis) + " to " + shown(mostMillis) + ", such as 2 or 0.5";
        }

        @Override
        public boolean accepts(String text) {
            return NUMBER.matcher(text).matches() && millis(text) >= leastMillis && millis(text) <= mostMillis;
        }

        static long millis(String text) {
            Matcher parts = NUMBER.matcher(text);
            if (!parts.matches()) {
                throw new IllegalArgumentException("no seconds: " + text);
            }
            String fraction = parts.group(2) == null ? "" : parts.group(2);
            return Long.parseLong(parts.group(1)) * 1_000 + Long.parseLong((fraction + "000").substring(0, 3));
        }

        private static String shown(long millis) {
            return millis % 1_000 == 0 ? Long.toString(millis / 1_000) : Double.toString(millis / 1_000.0);
        }
    }

    /** A number of bytes, with a unit if wanted. */
    record Size(long leastBytes, long mostBytes) implements Form {
        private static final Pattern SIZE = Pattern.compile("(\\d{1,15})\\s*(|b|k|kb|kib|m|mb|mib|g|gb|gib)");

        @Override
        public String description() {
            return "a size from " + shown(leastBytes) + " to " + shown(mostBytes) + ", such as 64MiB, 1GiB or 1048576";
        }

        @Override
        public boolean accepts(String text) {
            return SIZE.matcher(text.toLowerCase(Locale.ROOT)).matches()
                    && bytes(text) >= leastBytes
                    && bytes(text) <= mostBytes;
        }

        static long bytes(String text) {
            Matcher parts = SIZE.matcher(text.toLowerCase(Locale.ROOT));
            if (!parts.matches()) {
                throw new IllegalArgumentException("no size: " + text);
            }
            int shift = switch (parts.group(2)) {
                case "k", "kb", "kib" -> 10;
                case "m", "mb", "mib" -> 20;
                case "g", "gb", "gib" -> 30;
                default -> 0;
            };
            return Math.multiplyExact(Long.parseLong(parts.group(1)), 1L << shift);
        }

        private static String shown(long bytes) {
            if (bytes > 0 && bytes % (1L << 30) == 0) {
                return (bytes >> 30) + "GiB";
            }
            return bytes > 0 && bytes % (1L << 20) == 0 ? (bytes >> 20) + "MiB" : Long.toString(bytes);
        }
    }

    /** The HTTP address of a process. */
    record HttpAddress() implements Form {
        @Override
        public String description() {
            return "an HTTP address such as http://localhost:8001";
        }

        @Override
        public boolean accepts(String text) {
            try {
                URI address = URI.create(text);
                return "http".equals(address.getScheme())
                        && address.getHost() != null
                        && address.getRawUserInfo() == null
                        && address.getPort() != 0
                        && address.getPort() <= 65_535
                        && (address.getRawPath().isEmpty()
                                || address.getRawPath().equals("/"))
                        && address.getRawQuery() == null
                        && address.getRawFragment() == null;
            } catch (IllegalArgumentException malformed) {
                return false;
            }
        }
    }

    /** A host and a port. */
    record HostAndPort() implements Form {
        private static final Pattern FORM = Pattern.compile("(\\[[0-9a-fA-F:.]+]|[^\\[\\]:/@,\\s]+):(\\d{1,5})");

        @Override
        public String description() {
            return "a host and a port such as worker1:9001";
        }

        @Override
        public boolean accepts(String text) {
            Matcher parts = FORM.matcher(text);
            return parts.matches()
                    && Integer.parseInt(parts.group(2)) >= 1
                    && Integer.parseInt(parts.group(2)) <= 65_535;
        }
    }

    /** One member of a group of controllers: {@code id@host:http-port:peer-port}. */
    record Controller() implements Form {
        static final Pattern FORM = Pattern.compile(
                "([A-Za-z0-9][A-Za-z0-9._-]{0,63})@(\\[[0-9a-fA-F:.]+]|[^\\[\\]:/@,\\s]+):(\\d+):(\\d+)");

        @Override
        public String description() {
            return "id@host:http-port:peer-port, such as c1@10.0.0.1:8000:9000";
        }

        @Override
        public boolean accepts(String text) {
            Matcher parts = FORM.matcher(text);
            Form port = new Whole(1, 65_535);
            return parts.matches() && port.accepts(parts.group(3)) && port.accepts(parts.group(4));
        }
    }

    /** Several values with commas between them. */
    record ListOf(Form each, int most) implements Form {
        @Override
        public String description() {
            return "up to " + most + " with commas between them, each " + each.description();
        }

        @Override
        public boolean accepts(String text) {
            List<String> values = split(text);
            return !values.isEmpty() && values.size() <= most && values.stream().allMatch(each::accepts);
        }

        static List<String> split(String text) {
            return Arrays.stream(text.split(",", -1))
                    .map(String::strip)
                    .filter(value -> !value.isEmpty())
                    .toList();
        }
    }

    /** What one of two forms accepts. */
    record Either(Form first, Form second) implements Form {
        @Override
        public String description() {
            return first.description() + ", or " + second.description();
        }

        @Override
        public boolean accepts(String text) {
            return first.accepts(text) || second.accepts(text);
        }
    }
}
