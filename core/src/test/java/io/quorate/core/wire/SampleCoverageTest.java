package io.quorate.core.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.api.Command;
import io.quorate.api.Condition;
import io.quorate.api.KeyChange;
import io.quorate.api.Lifetime;
import io.quorate.api.Outcome;
import io.quorate.api.ReadOutcome;
import io.quorate.api.ScanOutcome;
import io.quorate.api.WatchOutcome;
import io.quorate.api.WriteName;
import io.quorate.core.log.Change;
import io.quorate.core.log.LogRecord;
import io.quorate.core.message.ForwardedReply;
import io.quorate.core.message.ForwardedRequest;
import io.quorate.core.message.Message;
import io.quorate.core.message.Order;
import io.quorate.core.message.OrderAnswer;
import io.quorate.core.message.Replication;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** That golden bytes and random tests leave no kind of message or record out. */
class SampleCoverageTest {
    private static final Set<Class<?>> SAMPLED = sampled();
    private static final Set<Class<?>> RANDOM = random();

    static List<Class<?>> sealedTypes() {
        return List.of(
                Message.class,
                Order.class,
                OrderAnswer.class,
                Replication.Request.class,
                Replication.Reply.class,
                ForwardedRequest.class,
                ForwardedReply.class,
                Command.class,
                WriteName.class,
                Condition.class,
                Lifetime.class,
                Outcome.class,
                ReadOutcome.class,
                ScanOutcome.class,
                WatchOutcome.class,
                KeyChange.class,
                LogRecord.class,
                Change.class);
    }

    @ParameterizedTest
    @MethodSource("sealedTypes")
    void everyKindIsAmongTheSamplesAndAmongTheRandomOnes(Class<?> sealed) {
        assertThat(SAMPLED).contains(sealed.getPermittedSubclasses());
        assertThat(RANDOM).contains(sealed.getPermittedSubclasses());
    }

    @Test
    void everySealedTypeThatIsFoundOnTheWayIsChecked() {
        Set<Class<?>> found = new HashSet<>();
        for (Class<?> type : SAMPLED) {
            Arrays.stream(type.getInterfaces()).filter(Class::isSealed).forEach(found::add);
        }
        assertThat(found).containsExactlyInAnyOrderElementsOf(sealedTypes());
    }

    private static Set<Class<?>> sampled() {
        Set<Class<?>> seen = new HashSet<>();
        Family.all().forEach(family -> collect(family.samples().values(), seen));
        return seen;
    }

    private static Set<Class<?>> random() {
        Set<Class<?>> seen = new HashSet<>();
        RandomWords words = new RandomWords(1);
        for (Family<?> family : Family.all()) {
            for (int i = 0; i < 1_000; i++) {
                collect(family.next(words), seen);
            }
        }
        return seen;
    }

    private static void collect(Object value, Set<Class<?>> seen) {
        if (value instanceof Iterable<?> all) {
            all.forEach(each -> collect(each, seen));
        } else if (value instanceof Optional<?> optional) {
            optional.ifPresent(each -> collect(each, seen));
        } else if (value instanceof Record) {
            seen.add(value.getClass());
            for (RecordComponent component : value.getClass().getRecordComponents()) {
                collect(component(component, value), seen);
            }
        }
    }

    private static Object component(RecordComponent component, Object value) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(value);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("components of records can be read", e);
        }
    }
}
