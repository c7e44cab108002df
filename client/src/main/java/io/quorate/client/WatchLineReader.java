package io.quorate.client;

import io.quorate.api.Bytes;
import io.quorate.api.Problem;
import io.quorate.api.Revision;
import io.quorate.api.Value;
import io.quorate.api.ValueForm;
import java.util.Base64;
import java.util.Optional;

/** Takes the objects apart that a worker writes for a watch. */
final class WatchLineReader {
    private final Json json;

    private WatchLineReader(Json json) {
        this.json = json;
    }

    /** Ends the reading of a line without a member that it has to have; never leaves this class. */
    private static final class MissingException extends Exception {
        private static final long serialVersionUID = 1L;

        MissingException() {
            super("a member is missing", null, false, false);
        }
    }

    static WatchLine read(Json json) {
        try {
            return new WatchLineReader(json).line();
        } catch (MissingException malformed) {
            return new WatchLine.Malformed();
        }
    }

    private WatchLine line() throws MissingException {
        return switch (text("event")) {
            case "put" -> new WatchLine.Told(put());
            case "delete" ->
                new WatchLine.Told(
                        new WatchEvent.Deleted(key(), revision(), timeMillis(), partition(), text("position")));
            case "expire" ->
                new WatchLine.Told(
                        new WatchEvent.Expired(key(), revision(), timeMillis(), partition(), text("position")));
            case "heartbeat" -> new WatchLine.Told(new WatchEvent.Progress(text("position")));
            case "problem" ->
                new WatchLine.Problem(ProblemBody.of(json)
                        .map(ProblemBody::refusal)
                        .orElseGet(() -> new Refusal(Problem.INTERNAL.type(), true, "The worker did not say why.")));
            default -> new WatchLine.Other();
        };
    }

    private WatchEvent put() throws MissingException {
        return new WatchEvent.Put(
                key(),
                bytes("value").map(this::value),
                revision(),
                json.number("expiresMillis"),
                timeMillis(),
                partition(),
                text("position"));
    }

    /** A value that was stored as bytes has a type. */
    private Value value(Bytes bytes) {
        return json.text("contentType")
                .map(type -> Value.raw(bytes, type))
                .orElseGet(() -> new Value(bytes, "", ValueForm.JSON));
    }

    private Bytes key() throws MissingException {
        return bytes("key").orElseThrow(MissingException::new);
    }

    private Revision revision() throws MissingException {
        return Revision.parse(text("revision")).orElseThrow(MissingException::new);
    }

    private long timeMillis() throws MissingException {
        return number("timeMillis");
    }

    private int partition() throws MissingException {
        return (int) number("partition");
    }

    private String text(String name) throws MissingException {
        return json.text(name).orElseThrow(MissingException::new);
    }

    private long number(String name) throws MissingException {
        return json.number(name).orElseThrow(MissingException::new);
    }

    /** The bytes of the member, which is text or, under another name, Base64. */
    private Optional<Bytes> bytes(String name) throws MissingException {
        Optional<String> text = json.text(name);
        if (text.isPresent()) {
            return text.map(Bytes::utf8);
        }
        try {
            return json.text(name + "Base64")
                    .map(base64 -> Bytes.wrap(Base64.getDecoder().decode(base64)));
        } catch (IllegalArgumentException malformed) {
            throw new MissingException();
        }
    }
}
