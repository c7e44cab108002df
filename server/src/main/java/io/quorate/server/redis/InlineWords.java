package io.quorate.server.redis;

import io.quorate.api.Bytes;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The words of a command that somebody typed: with spaces between them, and quotes around those that have spaces.
 *
 * <p>Between double quotes a backslash begins an escape: {@code \n \r \t \b \a \xHH}, and any other byte stands for
 * itself. Between single quotes only {@code \'} is one. Not thread-safe.
 */
final class InlineWords {
    private final Bytes line;
    private int at;

    private InlineWords(Bytes line) {
        this.line = line;
    }

    /** The words; empty when a quote is not closed, or something follows it at once. */
    static Optional<List<Bytes>> split(Bytes line) {
        return new InlineWords(line).words();
    }

    private Optional<List<Bytes>> words() {
        List<Bytes> words = new ArrayList<>();
        while (true) {
            while (at < line.length() && isSpace(line.at(at))) {
                at++;
            }
            if (at == line.length()) {
                return Optional.of(words);
            }
            Optional<Bytes> word = word();
            if (word.isEmpty()) {
                return Optional.empty();
            }
            words.add(word.get());
        }
    }

    private Optional<Bytes> word() {
        ByteArrayOutputStream word = new ByteArrayOutputStream();
        while (at < line.length() && !isSpace(line.at(at))) {
            byte next = line.at(at++);
            if (next == '"' || next == '\'') {
                boolean closed = next == '"' ? doubleQuoted(word) : singleQuoted(word);
                if (!closed || (at < line.length() && !isSpace(line.at(at)))) {
                    return Optional.empty();
                }
            } else {
                word.write(next);
            }
        }
        return Optional.of(Bytes.wrap(word.toByteArray()));
    }

    private boolean doubleQuoted(ByteArrayOutputStream word) {
        while (at < line.length()) {
            byte next = line.at(at++);
            if (next == '"') {
                return true;
            }
            word.write(next == '\\' && at < line.length() ? escaped() : next);
        }
        return false;
    }

    private int escaped() {
        byte kind = line.at(at++);
        if (kind == 'x' && at + 1 < line.length()) {
            int high = Character.digit(line.at(at), 16);
            int low = Character.digit(line.at(at + 1), 16);
            if (high >= 0 && low >= 0) {
                at += 2;
                return high * 16 + low;
            }
        }
        return switch (kind) {
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'b' -> '\b';
            case 'a' -> 7;
            default -> kind;
        };
    }

    private boolean singleQuoted(ByteArrayOutputStream word) {
        while (at < line.length()) {
            byte next = line.at(at++);
            if (next == '\'') {
                return true;
            }
            boolean quote = next == '\\' && at < line.length() && line.at(at) == '\'';
            word.write(quote ? line.at(at++) : next);
        }
        return false;
    }

    private static boolean isSpace(byte found) {
        return found == ' ' || found == '\t' || found == '\n' || found == '\r' || found == 0x0B || found == '\f';
    }
}
