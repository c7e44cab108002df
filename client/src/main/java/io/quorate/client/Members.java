package io.quorate.client;

import io.quorate.api.Bytes;
import io.quorate.api.Revision;
import io.quorate.api.Value;
import io.quorate.api.ValueForm;
import java.util.Base64;
import java.util.Optional;

/** The members of an object that a worker wrote, of which some have to be there. */
record Members(Json json) {
    /** Ends the reading of an object without a member that it has to have; whoever reads catches it. */
    static final class MissingException extends Exception {
        private static final long serialVersionUID = 1L;

        MissingException() {
            super("a member is missing", null, false, false);
        }
    }

    String text(String name) throws MissingException {
        return json.text(name).orElseThrow(MissingException::new);
    }

    long number(String name) throws MissingException {
        return json.number(name).orElseThrow(MissingException::new);
    }

    Bytes key() throws MissingException {
        return bytes("key").orElseThrow(MissingException::new);
    }

    Revision revision() throws MissingException {
        return Revision.parse(text("revision")).orElseThrow(MissingException::new);
    }

    /** The value, if there is one; one that was stored as bytes has a type. */
    Optional<Value> value() throws MissingException {
        return bytes("value")
                .map(bytes -> json.text("contentType")
                        .map(type -> Value.raw(bytes, type))
                        .orElseGet(() -> new Value(bytes, "", ValueForm.JSON)));
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
