package io.quorate.cli.transfer;

/** A transfer that cannot begin as it was asked for; the message is one line that says what to do. */
public final class TransferRefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    TransferRefusedException(String line) {
        super(line);
    }
}
