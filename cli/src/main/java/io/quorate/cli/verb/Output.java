package io.quorate.cli.verb;

import java.io.PrintWriter;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** Where a verb prints, as text for people or as JSON for programs. */
public final class Output {
    private static final JsonMapper MAPPER = new JsonMapper();

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "text|json",
            defaultValue = "text",
            description = "How it prints: text, or json for one JSON object per line. Default: text.")
    private Form form = Form.text;

    /** The two ways to print. */
    enum Form {
        text,
        json
    }

    /** Whether programs read it. */
    boolean isJson() {
        return form == Form.json;
    }

    /** Prints one thing: a line of text, or an object. */
    public void print(String text, Object json) {
        line(isJson() ? MAPPER.writeValueAsString(json) : text);
    }

    /** Whether nobody takes any more what is printed, as in {@code quorate watch | head}. */
    boolean isAbandoned() {
        return spec.commandLine().getOut().checkError() || System.out.checkError();
    }

    /** Prints that something happened. */
    public void event(String event, String text) {
        print(text, Map.of("event", event, "line", text));
    }

    /** Prints a line as it is. */
    void line(String text) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(text);
        out.flush();
    }

    /** Prints a line that the next one takes the place of, where a terminal can do that. */
    void progress(String text, boolean inPlace) {
        if (inPlace) {
            PrintWriter out = spec.commandLine().getOut();
            out.print("\r" + text);
            out.flush();
        } else {
            line(text);
        }
    }

    /** Tells a person something that is no part of the result. */
    void note(String text) {
        PrintWriter err = spec.commandLine().getErr();
        err.println(text);
        err.flush();
    }

    /** Tells a person something that the next of it takes the place of. */
    void noteInPlace(String text) {
        PrintWriter err = spec.commandLine().getErr();
        err.print("\r" + text);
        err.flush();
    }
}
