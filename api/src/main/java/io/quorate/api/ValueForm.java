package io.quorate.api;

/** How a value was given and is answered by default. */
public enum ValueForm {
    /** As the member {@code value} of a JSON object. */
    JSON,
    /** As the body itself, with its content type. */
    RAW
}
