package io.quorate.server.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.api.Bytes;
import org.junit.jupiter.api.Test;

class OpenProposalsTest {
    @Test
    void theirNumberIsBounded() {
        OpenProposals open = new OpenProposals(2, 1_000);
        OpenProposal first = open.admit(Bytes.utf8("a"), outcome -> {}).orElseThrow();
        assertThat(open.admit(Bytes.utf8("b"), outcome -> {})).isPresent();
        assertThat(open.admit(Bytes.utf8("c"), outcome -> {})).isEmpty();
        assertThat(open.take(first)).isTrue();
        assertThat(open.admit(Bytes.utf8("c"), outcome -> {})).isPresent();
    }

    @Test
    void theirBytesAreBounded() {
        OpenProposals open = new OpenProposals(100, 10);
        OpenProposal first = open.admit(Bytes.utf8("123456"), outcome -> {}).orElseThrow();
        assertThat(open.admit(Bytes.utf8("12345"), outcome -> {})).isEmpty();
        assertThat(open.admit(Bytes.utf8("1234"), outcome -> {})).isPresent();
        assertThat(open.take(first)).isTrue();
        assertThat(open.admit(Bytes.utf8("12345"), outcome -> {})).isPresent();
    }

    @Test
    void eachIsTakenOnce() {
        OpenProposals open = new OpenProposals(2, 1_000);
        OpenProposal proposal = open.admit(Bytes.utf8("a"), outcome -> {}).orElseThrow();
        assertThat(open.take(proposal)).isTrue();
        assertThat(open.take(proposal)).isFalse();
        assertThat(open.all()).isEmpty();
    }
}
