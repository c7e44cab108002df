package io.quorate.server.metadata;

import java.net.BindException;
import java.util.stream.Stream;

/** The metadata log cannot be opened; the message is one line that says why and what to do. */
public final class MetadataLogRefused extends Exception {
    private static final long serialVersionUID = 1L;

    MetadataLogRefused(String message) {
        super(message);
    }

    private MetadataLogRefused(String message, Exception cause) {
        super(message, cause);
    }

    /** Says what a failure in the middle of opening means to the one who starts the controller. */
    static MetadataLogRefused because(Exception failure, MetadataLogSettings settings) {
        return causes(failure)
                .filter(BindException.class::isInstance)
                .findFirst()
                .map(taken -> portTaken(taken, failure, settings))
                .orElseGet(() -> unreadable(failure, settings));
    }

    private static MetadataLogRefused portTaken(Throwable taken, Exception failure, MetadataLogSettings settings) {
        String address = settings.bindHost() + ":" + settings.self().port();
        return new MetadataLogRefused(
                "Controller " + settings.controllerId() + " cannot listen on " + address + " (" + taken.getMessage()
                        + "): stop what uses that port, or choose another address",
                failure);
    }

    private static MetadataLogRefused unreadable(Exception failure, MetadataLogSettings settings) {
        Throwable root = causes(failure).reduce((outer, inner) -> inner).orElse(failure);
        String reason = String.valueOf(root.getMessage()).lines().findFirst().orElse("");
        return new MetadataLogRefused(
                "The metadata log in " + settings.folder() + " cannot be opened: " + reason + "; nothing was changed:"
                        + " restore the folder from a copy, or remove it if other controllers have the log",
                failure);
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause);
    }
}
