package io.quorate.client;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** A JSON value as {@link JsonReader} reads it. */
sealed interface Json {
    /** An object; no name is there twice. */
    record Members(Map<String, Json> members) implements Json {}

    /** An array. */
    record Elements(List<Json> elements) implements Json {}

    /** A string. */
    record Text(String text) implements Json {}

    /** A number as it was written. */
    record Numeral(String digits) implements Json {}

    /** A truth value. */
    record Truth(boolean value) implements Json {}

    /** Nothing. */
    record Null() implements Json {}

    /** The member of that name, if this is an object that has one. */
    default Optional<Json> member(String name) {
        return this instanceof Members(Map<String, Json> members)
                ? Optional.ofNullable(members.get(name))
                : Optional.empty();
    }

    /** The text of the member, if there is one that is a string. */
    default Optional<String> text(String name) {
        return member(name).flatMap(value -> value instanceof Text(String text) ? Optional.of(text) : Optional.empty());
    }

    /** The whole number of 64 bits that the member is, if it is one. */
    default OptionalLong number(String name) {
        if (member(name).orElse(null) instanceof Numeral(String digits) && digits.matches("-?\\d{1,18}")) {
            return OptionalLong.of(Long.parseLong(digits));
        }
        return OptionalLong.empty();
    }

    /** The truth value that the member is, if it is one. */
    default Optional<Boolean> truth(String name) {
        return member(name).flatMap(value -> value instanceof Truth(boolean is) ? Optional.of(is) : Optional.empty());
    }

    /** The elements of the member, none when it is no array. */
    default List<Json> elements(String name) {
        return member(name).orElse(null) instanceof Elements(List<Json> elements) ? elements : List.of();
    }

    /** The members of the member, none when it is no object. */
    default Map<String, Json> members(String name) {
        return member(name).orElse(null) instanceof Members(Map<String, Json> members) ? members : Map.of();
    }
}
