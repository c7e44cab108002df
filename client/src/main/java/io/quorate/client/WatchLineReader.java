package io.quorate.client;

import io.quorate.api.Problem;
import io.quorate.client.Members.MissingException;

/** Takes the objects apart that a worker writes for a watch. */
final class WatchLineReader {
    private final Json json;
    private final Members members;

    private WatchLineReader(Json json) {
        this.json = json;
        this.members = new Members(json);
    }

    static WatchLine read(Json json) {
        try {
            return new WatchLineReader(json).line();
        } catch (MissingException malformed) {
            return new WatchLine.Malformed();
        }
    }

    private WatchLine line() throws MissingException {
        return switch (members.text("event")) {
            case "put" -> new WatchLine.Told(put());
            case "delete" ->
                new WatchLine.Told(new WatchEvent.Deleted(
                        members.key(), members.revision(), timeMillis(), partition(), position()));
            case "expire" ->
                new WatchLine.Told(new WatchEvent.Expired(
                        members.key(), members.revision(), timeMillis(), partition(), position()));
            case "heartbeat" -> new WatchLine.Told(new WatchEvent.Progress(position()));
            case "problem" ->
                new WatchLine.Problem(ProblemBody.of(json)
                        .map(ProblemBody::refusal)
                        .orElseGet(() -> new Refusal(Problem.INTERNAL.type(), true, "The worker did not say why.")));
            default -> new WatchLine.Other();
        };
    }

    private WatchEvent put() throws MissingException {
        return new WatchEvent.Put(
                members.key(),
                members.value(),
                members.revision(),
                json.number("expiresMillis"),
                timeMillis(),
                partition(),
                position());
    }

    private long timeMillis() throws MissingException {
        return members.number("timeMillis");
    }

    private int partition() throws MissingException {
        return (int) members.number("partition");
    }

    private String position() throws MissingException {
        return members.text("position");
    }
}
