package io.quorate.server.redis;

import io.quorate.api.Lifetime;
import io.quorate.api.Record;
import java.util.Optional;

/** Times to live as Redis clients give them. */
final class Expiries {
    private static final long MILLIS = 1_000;

    /** How a number tells when a key expires. */
    enum Form {
        EX(MILLIS, false),
        PX(1, false),
        EXAT(MILLIS, true),
        PXAT(1, true);

        private final long unitMillis;
        private final boolean isMoment;

        Form(long unitMillis, boolean isMoment) {
            this.unitMillis = unitMillis;
            this.isMoment = isMoment;
        }

        boolean isMoment() {
            return isMoment;
        }

        static Optional<Form> named(String word) {
            return switch (word) {
                case "EX" -> Optional.of(EX);
                case "PX" -> Optional.of(PX);
                case "EXAT" -> Optional.of(EXAT);
                case "PXAT" -> Optional.of(PXAT);
                default -> Optional.empty();
            };
        }
    }

    private Expiries() {}

    /** The number in milliseconds; refused when that is more than there can be. */
    static long millis(String command, Form form, long number) throws RefusedException {
        try {
            long millis = Math.multiplyExact(number, form.unitMillis);
            if (!form.isMoment) {
                Math.addExact(millis, System.currentTimeMillis());
            }
            return millis;
        } catch (ArithmeticException tooLong) {
            throw Errors.expireTime(command);
        }
    }

    /** The lifetime of that many milliseconds, or until that moment; more than 0. */
    static Lifetime lifetime(Form form, long millis) {
        if (!form.isMoment && millis <= Lifetime.MAX_MILLIS) {
            return new Lifetime.For(millis);
        }
        long moment = form.isMoment ? millis : System.currentTimeMillis() + millis;
        return new Lifetime.Until(Math.min(moment, Record.NEVER - 1));
    }

    /** The lifetime that an option of a command gives; 0 and less is refused. */
    static Lifetime option(String command, Form form, long number) throws RefusedException {
        if (number <= 0) {
            throw Errors.expireTime(command);
        }
        return lifetime(form, millis(command, form, number));
    }
}
