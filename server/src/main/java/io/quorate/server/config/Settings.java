package io.quorate.server.config;

import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The settings of one process, each taken from the first place that has it: flag, environment, file, default. */
public final class Settings {
    private final Map<Setting, Given> given;

    /**
     * A value that somebody gave.
     *
     * @param value as it was written
     * @param source where it stands, for a sentence: "from the environment"
     */
    record Given(String value, String source) {}

    private Settings(Map<Setting, Given> given) {
        this.given = given;
    }

    /**
     * Takes each setting of the role from the first place that has it. An empty value counts as none.
     *
     * @param flags what the command line gave
     * @param environment the environment's variables; those that are no settings are passed over
     * @param file a properties file that was read
     * @throws SettingsRefusedException when a value is none of those allowed, or two contradict each other
     */
    public static Settings of(
            Role role, Map<Setting, String> flags, Map<String, String> environment, PropertiesFile file)
            throws SettingsRefusedException {
        EnumMap<Setting, Given> given = new EnumMap<>(Setting.class);
        for (Setting setting : Setting.of(role)) {
            Optional<Given> value = firstOf(setting, flags, environment, file);
            if (value.isPresent()) {
                check(setting, value.get());
                given.put(setting, value.get());
            }
        }
        Settings settings = new Settings(given);
        Contradictions.check(role, settings);
        return settings;
    }

    private static Optional<Given> firstOf(
            Setting setting, Map<Setting, String> flags, Map<String, String> environment, PropertiesFile file) {
        return given(flags.get(setting), "from " + setting.flag())
                .or(() -> given(environment.get(setting.variable()), "from the environment"))
                .or(() -> given(file.values().get(setting), "from " + file.name()));
    }

    private static Optional<Given> given(@org.jspecify.annotations.Nullable String value, String source) {
        return Optional.ofNullable(value)
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .map(text -> new Given(text, source));
    }

    private static void check(Setting setting, Given given) throws SettingsRefusedException {
        if (!setting.form().accepts(given.value())) {
            String instead = setting.fallback().isEmpty() ? "" : " Unset, it is " + setting.fallback() + ".";
            throw new SettingsRefusedException(setting.variable() + " is '" + given.value() + "' (" + given.source()
                    + "): it must be " + setting.form().description() + "." + instead);
        }
    }

    /** Whether somebody gave it. */
    public boolean isGiven(Setting setting) {
        return given.containsKey(setting);
    }

    /** The value that somebody gave. */
    public Optional<String> given(Setting setting) {
        return Optional.ofNullable(given.get(setting)).map(Given::value);
    }

    /** The whole number that somebody gave. */
    public Optional<Integer> givenNumber(Setting setting) {
        return given(setting).map(Integer::valueOf);
    }

    /** The value or the default, for a setting that has one. */
    public String text(Setting setting) {
        return given(setting).orElse(setting.fallback());
    }

    /** The word or the default, in small letters. */
    public String word(Setting setting) {
        return text(setting).toLowerCase(Locale.ROOT);
    }

    /** The whole number or the default. */
    public int number(Setting setting) {
        return Integer.parseInt(text(setting));
    }

    /** The seconds or the default, as milliseconds. */
    public long millis(Setting setting) {
        return Form.Seconds.millis(text(setting));
    }

    /** The size or the default, in bytes. */
    public long bytes(Setting setting) {
        return Form.Size.bytes(text(setting));
    }

    /** The values with commas between them, or the default's. */
    public List<String> list(Setting setting) {
        return Form.ListOf.split(text(setting));
    }

    /** Name, value and place of a setting, for a sentence. */
    String shown(Setting setting) {
        Given value = given.get(setting);
        return setting.variable() + " is " + text(setting)
                + (value == null ? " by default" : " (" + value.source() + ")");
    }
}
