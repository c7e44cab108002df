package io.quorate.server.http;

import io.quorate.api.Command;
import io.quorate.api.IdempotencyKey;
import io.quorate.api.Session;
import io.quorate.api.SessionSequence;
import io.quorate.api.WriteName;
import io.quorate.core.wire.CommandCodecV1;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a request says that makes its write repeatable. */
sealed interface WriteNaming {
    /** Nothing. */
    WriteNaming NONE = new None();

    /** Nothing: the write is not to be sent again. */
    record None() implements WriteNaming {
        @Override
        public Optional<WriteName> of(List<Command> commands) {
            return Optional.empty();
        }
    }

    /** An {@code Idempotency-Key}. */
    record Keyed(String text) implements WriteNaming {
        @Override
        public Optional<WriteName> of(List<Command> commands) {
            return Optional.of(IdempotencyKey.of(commands.getFirst().key(), text, CommandCodecV1.encode(commands)));
        }
    }

    /** A {@code Quorate-Session}. */
    record Numbered(Session session, long sequence, long lowest) implements WriteNaming {
        @Override
        public Optional<WriteName> of(List<Command> commands) {
            return Optional.of(SessionSequence.of(session, sequence, lowest, CommandCodecV1.encode(commands)));
        }
    }

    /** The name of the write of these commands. */
    Optional<WriteName> of(List<Command> commands);

    /** Reads it off the headers. */
    static Parsed<WriteNaming> of(Exchange exchange) {
        String key = exchange.header(KvHeaders.IDEMPOTENCY_KEY);
        Optional<String> session = exchange.list(KvHeaders.SESSION);
        if (key != null && session.isPresent()) {
            return Parsed.bad("The write is named twice: by Idempotency-Key and by Quorate-Session. Send one of them.");
        }
        return session.map(Form::numbered).orElseGet(() -> key == null ? Parsed.ok(NONE) : Form.keyed(key));
    }

    /** How the headers are written. */
    final class Form {
        private static final Pattern SESSION =
                Pattern.compile("([\\d-]{1,64}) *; *sequence=(\\d{1,18}) *; *lowest=(\\d{1,18})");

        private Form() {}

        private static Parsed<WriteNaming> keyed(String text) {
            boolean fits = !text.isBlank()
                    && text.length() <= IdempotencyKey.MAX_CHARS
                    && text.chars().allMatch(letter -> letter >= ' ' && letter <= '~');
            return fits
                    ? Parsed.ok(new Keyed(text))
                    : Parsed.bad("An Idempotency-Key has 1 to " + IdempotencyKey.MAX_CHARS
                            + " characters of printable ASCII, for example a UUID.");
        }

        private static Parsed<WriteNaming> numbered(String text) {
            Matcher parts = SESSION.matcher(text.strip());
            Optional<Session> session = parts.matches() ? Session.parse(parts.group(1)) : Optional.empty();
            if (session.isEmpty()) {
                return Parsed.bad("A Quorate-Session is the session that POST /sessions has answered, with a number for"
                        + " the write and the lowest number that is not answered: 5-3-118; sequence=7; lowest=5.");
            }
            long sequence = Long.parseLong(parts.group(2));
            long lowest = Long.parseLong(parts.group(3));
            return SessionSequence.isValid(sequence, lowest)
                    ? Parsed.ok(new Numbered(session.get(), sequence, lowest))
                    : Parsed.bad(
                            "The numbers of a session begin with 1, lowest is not above sequence, and sequence is at"
                                    + " most " + (SessionSequence.MAX_OPEN - 1) + " above lowest.");
        }
    }
}
