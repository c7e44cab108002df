package io.quorate.core.wire;

import static io.quorate.core.wire.Samples.REVISION;
import static io.quorate.core.wire.Samples.TIME;

import io.quorate.api.Bytes;
import io.quorate.api.Command;
import io.quorate.api.Condition;
import io.quorate.api.IdempotencyKey;
import io.quorate.api.Lifetime;
import io.quorate.api.Revision;
import io.quorate.api.Session;
import io.quorate.api.SessionSequence;
import io.quorate.api.Value;
import io.quorate.api.WriteRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Hand-made writes of every kind; their bytes are golden. */
final class CommandSamples {
    private static final Bytes KEY = Bytes.utf8("key");
    private static final Value VALUE = Value.json("hello");
    private static final List<Revision> REVISIONS = List.of(REVISION, new Revision(8, 301));

    private CommandSamples() {}

    static Map<String, WriteRequest> requests() {
        Map<String, WriteRequest> requests = new LinkedHashMap<>();
        commands().forEach((name, command) -> requests.put(name, WriteRequest.of(command)));
        IdempotencyKey once = new IdempotencyKey(Samples.ID, 0x0123456789ABCDEFL);
        requests.put("put-once", new WriteRequest(new Command.Put(KEY, VALUE), Optional.of(once)));
        List<Command> several = List.of(new Command.Put(KEY, VALUE), new Command.Delete(Bytes.utf8("{key}")));
        requests.put("several", new WriteRequest(several, Optional.empty()));
        requests.put("several-once", new WriteRequest(several, Optional.of(once)));
        SessionSequence numbered = new SessionSequence(new Session(5, REVISION), 300, 45, -2);
        requests.put("put-numbered", new WriteRequest(new Command.Put(KEY, VALUE), Optional.of(numbered)));
        requests.put("several-numbered", new WriteRequest(several, Optional.of(numbered)));
        return requests;
    }

    static Map<String, Command> commands() {
        Map<String, Command> commands = new LinkedHashMap<>();
        commands.put("put", new Command.Put(KEY, VALUE));
        commands.put("delete", new Command.Delete(KEY));
        commands.put("replicate", new Command.Replicate(KEY, Samples.raw("image/png"), TIME, "eu-west"));
        commands.put(
                "replicate-if-absent",
                new Command.Replicate(KEY, Value.json(""), Command.Replicate.ONLY_IF_ABSENT, ""));
        commands.put("put-if-exists", putIf(new Condition.Exists()));
        commands.put("put-if-absent", putIf(new Condition.Absent()));
        commands.put("put-if-any-of", putIf(new Condition.AnyOf(REVISIONS)));
        commands.put("put-if-any-of-none", putIf(new Condition.AnyOf(List.of())));
        commands.put("put-if-none-of", putIf(new Condition.NoneOf(REVISIONS)));
        commands.put("put-keep", putFor(new Lifetime.Keep()));
        commands.put("put-for", putFor(new Lifetime.For(60_000)));
        commands.put("put-for-longest", putFor(new Lifetime.For(Lifetime.MAX_MILLIS)));
        commands.put("put-until", putFor(new Lifetime.Until(TIME)));
        commands.put("delete-if-any-of", new Command.Delete(KEY, new Condition.AnyOf(REVISIONS)));
        commands.put("add", new Command.Add(KEY, 1));
        commands.put("add-least-if-exists", new Command.Add(KEY, Long.MIN_VALUE, new Condition.Exists()));
        commands.put("retime", new Command.Retime(KEY, Lifetime.FOREVER, Condition.ALWAYS));
        commands.put(
                "retime-until-if-none-of",
                new Command.Retime(KEY, new Lifetime.Until(0), new Condition.NoneOf(REVISIONS)));
        commands.put("get", new Command.Get(KEY));
        commands.put("get-if-absent", new Command.Get(KEY, new Condition.Absent()));
        commands.put("open-session", new Command.OpenSession(KEY));
        return commands;
    }

    private static Command putIf(Condition condition) {
        return new Command.Put(KEY, VALUE, condition, Lifetime.FOREVER);
    }

    private static Command putFor(Lifetime lifetime) {
        return new Command.Put(KEY, VALUE, Condition.ALWAYS, lifetime);
    }
}
