package io.quorate.cli.verb;

import io.quorate.api.Bytes;
import io.quorate.api.Lifetime;
import io.quorate.api.Value;
import io.quorate.cli.CommandRefusedException;
import io.quorate.cli.ExitCode;
import io.quorate.cli.client.AnswerRefusedException;
import io.quorate.cli.client.KeyClient;
import io.quorate.client.WriteResult.Applied;
import io.quorate.client.WriteResult.Copies;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code put}, {@code add}, {@code expire} and {@code del}. */
public final class WriteVerbs {
    private static final Copies UNTOLD = new Copies(0, 0, 0);

    private WriteVerbs() {}

    private static String written(Applied applied) {
        Copies copies = applied.copies().orElse(UNTOLD);
        return "revision " + applied.revision() + ", on " + copies.acks() + " of " + copies.replicas()
                + " replicas (quorum " + copies.quorum() + ")";
    }

    /** The result, and how it went if that was asked for. */
    private static void print(Output out, String text, Map<String, Object> json, Applied applied) {
        applied.explanation().ifPresent(how -> json.put("explanation", ExplanationText.json(how)));
        out.print(text, json);
        if (!out.isJson()) {
            applied.explanation().ifPresent(how -> ExplanationText.lines(how).forEach(out::line));
        }
    }

    private static Map<String, Object> json(String key, Applied applied) {
        Copies copies = applied.copies().orElse(UNTOLD);
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("key", key);
        json.put("revision", applied.revision().toString());
        applied.sum().ifPresent(sum -> json.put("value", Long.toString(sum)));
        json.put("acks", copies.acks());
        json.put("replicas", copies.replicas());
        json.put("quorum", copies.quorum());
        return json;
    }

    /** Writes it. */
    @Command(name = "put", description = "Writes a key; done when the write quorum has it on disk.")
    public static final class Put extends OfKeyVerb {
        @Parameters(index = "1", arity = "0..1", paramLabel = "VALUE", description = "The value, as text.")
        private @Nullable String value;

        @Option(
                names = "--file",
                paramLabel = "PATH",
                description = "The value is what this file holds, byte for byte; - for the standard input.")
        private @Nullable String file;

        @Option(
                names = "--content-type",
                paramLabel = "TYPE",
                description = "The media type of what the file holds. Default: application/octet-stream.")
        private String contentType = Value.OCTET_STREAM;

        @Option(
                names = "--ttl",
                paramLabel = "TIME",
                description = "How long the key is to live: 500ms, 30s, 10m, 2h or 7d. Default: until it is deleted.")
        private @Nullable String ttl;

        @Mixin
        private WriteOptions options = new WriteOptions();

        @Override
        void run(KeyClient client, Output out) throws AnswerRefusedException, CommandRefusedException {
            Lifetime lifetime = ttl == null ? Lifetime.FOREVER : WriteOptions.lifetime(ttl);
            Applied applied = client.put(keyBytes(), value(), lifetime, options.terms());
            print(out, "written, " + written(applied), json(key, applied), applied);
        }

        private Value value() throws CommandRefusedException {
            if ((value == null) == (file == null)) {
                throw new CommandRefusedException(
                        ExitCode.USAGE, "Give the value either as VALUE or with --file: quorate put KEY VALUE.");
            }
            if (value != null) {
                return Value.json(value);
            }
            Bytes bytes = new ValueFile(String.valueOf(file)).read();
            return Value.raw(bytes, contentType);
        }
    }

    /** Adds to it. */
    @Command(
            name = "add",
            description = "Adds to the whole number under a key, which is 0 when there is none, and prints the sum.")
    public static final class Add extends OfKeyVerb {
        @Parameters(
                index = "1",
                paramLabel = "N",
                defaultValue = "1",
                description = "What to add; less than 0 after '--'. Default: ${DEFAULT-VALUE}.")
        private long amount;

        @Mixin
        private WriteOptions options = new WriteOptions();

        @Override
        void run(KeyClient client, Output out) throws AnswerRefusedException {
            Applied applied = client.add(keyBytes(), amount, options.terms());
            String sum = applied.sum().isPresent() ? Long.toString(applied.sum().getAsLong()) : "";
            print(out, sum, json(key, applied), applied);
        }
    }

    /** Changes how long it lives. */
    @Command(name = "expire", description = "Changes how long a key lives; its value stays.")
    public static final class Expire extends OfKeyVerb {
        @Parameters(index = "1", paramLabel = "TIME", description = "500ms, 30s, 10m, 2h, 7d, or none.")
        private String ttl = "";

        @Mixin
        private WriteOptions options = new WriteOptions();

        @Override
        void run(KeyClient client, Output out) throws AnswerRefusedException {
            Applied applied = client.expire(keyBytes(), WriteOptions.lifetime(ttl), options.terms());
            print(out, "changed, " + written(applied), json(key, applied), applied);
        }
    }

    /** Deletes it. */
    @Command(name = "del", description = "Deletes a key; done when the write quorum has that on disk.")
    public static final class Del extends OfKeyVerb {
        @Mixin
        private WriteOptions options = new WriteOptions();

        @Override
        void run(KeyClient client, Output out) throws AnswerRefusedException {
            Applied applied = client.delete(keyBytes(), options.terms());
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("key", key);
            json.put("existed", applied.existed());
            json.put("revision", applied.revision().toString());
            print(out, applied.existed() ? "deleted" : "there was no such key", json, applied);
        }
    }
}
