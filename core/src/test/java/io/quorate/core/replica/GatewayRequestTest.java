package io.quorate.core.replica;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.api.Bytes;
import io.quorate.api.Command;
import io.quorate.api.Outcome;
import io.quorate.api.Problem;
import io.quorate.api.Value;
import io.quorate.api.WriteRequest;
import java.util.EnumSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class GatewayRequestTest {
    private static GatewayRequest request() {
        WriteRequest write = WriteRequest.of(new Command.Put(Bytes.utf8("k"), Value.json("v")));
        return new GatewayRequest(1, new ClientRequest.Write(write), 0, 1);
    }

    @Test
    void onlyWhatEveryLeaderWouldSayIsFinalForAWriteThatOneMayHaveTaken() {
        GatewayRequest mayBeInLog = request();
        mayBeInLog.mayBeInLog = true;
        assertThat(EnumSet.allOf(Problem.class).stream()
                        .filter(problem -> !mayBeInLog.isLeftOpenBy(new Outcome.NotApplied(problem, "-")))
                        .collect(Collectors.toSet()))
                .containsExactlyInAnyOrder(Problem.IDEMPOTENCY_REUSED, Problem.NOT_AN_INTEGER, Problem.SESSION_ENDED);
    }

    @Test
    void everyRefusalIsFinalForAWriteThatNobodyElseHas() {
        assertThat(EnumSet.allOf(Problem.class))
                .noneMatch(problem -> request().isLeftOpenBy(new Outcome.NotApplied(problem, "-")));
    }
}
