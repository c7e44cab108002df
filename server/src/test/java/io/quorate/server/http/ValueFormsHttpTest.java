package io.quorate.server.http;

import static io.quorate.server.http.HttpFixture.putJson;
import static io.quorate.server.http.HttpFixture.send;
import static io.quorate.server.http.HttpFixture.sendBody;
import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.api.Bytes;
import io.quorate.api.Value;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The forms in which values come and go. */
class ValueFormsHttpTest {
    private final HttpFixture fixture = new HttpFixture();
    private final FakeWorker worker = new FakeWorker("w1");
    private final int port = fixture.worker(worker);

    @AfterEach
    void close() {
        fixture.close();
    }

    private Value stored() {
        return worker.records.firstEntry().getValue().value();
    }

    private static String latin1(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"value\":\"hello\"} | hello",
                "{\"value\":\"a\\u00e9\\n\\\"b\"} | aé<newline>\"b",
                " { \"value\" : \"x\" } | x",
                "{\"value\":\"\"} | ''",
                "{\"value\":42} | 42",
                "{\"value\":-1.50e+3} | -1.50e+3",
                "{\"value\":true} | true",
                "{\"value\":null} | null",
                "{\"value\": {\"a\" : [1, 2]} } | {\"a\" : [1, 2]}",
                "{\"value\":[ ] } | [ ]",
                "{\"value\":\"\\ud83d\\ude00\"} | 😀",
            })
    void ofAnEnvelopeTheTextOfTheValueIsStored(String body, String text) throws IOException {
        String expected = text.replace("<newline>", "\n");
        assertThat(putJson(port, "/kv/k", latin1(body)).status()).isEqualTo(201);
        assertThat(stored()).isEqualTo(Value.json(expected));
        assertThat(send(port, "GET", "/kv/k").json().path("value").stringValue())
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "{}",
                "[]",
                "1",
                "\"value\"",
                "null",
                "{\"value\"}",
                "{\"value\":}",
                "{\"value\":1,}",
                "{\"value\":1} x",
                "{\"value\":1}{}",
                "{\"other\":1}",
                "{\"value\":1,\"other\":2}",
                "{\"other\":2,\"value\":1}",
                "{\"value\":1,\"value\":2}",
                "{\"value\":'x'}",
                "{value:1}",
                "{\"value\":\"\\ud800\"}",
                "{\"value\":\"\\udc00x\"}",
                "{\"value\":\"\u00ff\"}",
                "{\"value\":\"\u00c0\u0080\"}",
                "{\"value\":\"a\nb\"}",
                "{\"value\":01}",
                "{\"value\":NaN}",
                "{\"value\":[1,]}",
                "{\"value\":{\"a\" 1}}",
                "\0{\0\"\0v",
                "{\"value\":\"a\0b\"}",
                "{\"value\":tru}",
                "{\"value\":[\"\u00ff\"]}",
            })
    void aMalformedBodyIsRefused(String body) throws IOException {
        Answer refused = putJson(port, "/kv/k", body);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.header("Content-Type")).contains("application/problem+json");
        assertThat(worker.commands).isEmpty();
    }

    @Test
    void aDocumentThatIsNoEnvelopeIsRefusedWithTheWayToStoreIt() throws IOException {
        assertThat(putJson(port, "/kv/k", "{\"a\":1}").json().path("detail").stringValue())
                .contains("to store a document itself add ?raw=true");
        assertThat(putJson(port, "/kv/k?raw=true", "{\"a\":1}").status()).isEqualTo(201);
        assertThat(stored()).isEqualTo(Value.raw(Bytes.utf8("{\"a\":1}"), "application/json"));
        Answer read = send(port, "GET", "/kv/k");
        assertThat(read.text()).isEqualTo("{\"a\":1}");
        assertThat(read.header("Content-Type")).contains("application/json");
    }

    @Test
    void aNestingBeyondMeasureIsRefused() throws IOException {
        assertThat(putJson(port, "/kv/k", "{\"value\":" + "[".repeat(4_000)).status())
                .isEqualTo(400);
    }

    @Test
    void aByteOrderMarkIsNoPartOfTheBody() throws IOException {
        assertThat(putJson(port, "/kv/k", "\u00ef\u00bb\u00bf{\"value\":[1]}").status())
                .isEqualTo(201);
        assertThat(stored()).isEqualTo(Value.json("[1]"));
    }

    @ParameterizedTest
    @CsvSource({
        "text/plain; charset=utf-8, text/plain; charset=utf-8",
        "application/x-www-form-urlencoded, application/octet-stream",
        "application/x-www-form-urlencoded; charset=UTF-8, application/octet-stream",
        "application/octet-stream, application/octet-stream",
        "application/problem+json, application/problem+json",
        "image/png, image/png",
    })
    void otherBodiesAreStoredAsTheyAre(String sent, String type) throws IOException {
        assertThat(sendBody(port, "PUT", "/kv/k", "a=1&b\0\u00ff", "Content-Type: " + sent)
                        .status())
                .isEqualTo(201);
        byte[] bytes = "a=1&b\0\u00ff".getBytes(StandardCharsets.ISO_8859_1);
        assertThat(stored()).isEqualTo(Value.raw(Bytes.wrap(bytes), type));
        Answer read = send(port, "GET", "/kv/k");
        assertThat(read.body()).isEqualTo(bytes);
        assertThat(read.header("Content-Type")).contains(type);
        assertThat(read.header("X-Content-Type-Options")).contains("nosniff");
        assertThat(read.header("Content-Security-Policy").orElseThrow()).contains("sandbox");
    }

    @Test
    void aBodyWithoutATypeIsBytesAndMayBeEmpty() throws IOException {
        assertThat(send(port, "PUT", "/kv/k").status()).isEqualTo(201);
        assertThat(stored()).isEqualTo(Value.raw(Bytes.EMPTY, Value.OCTET_STREAM));
        assertThat(send(port, "GET", "/kv/k").body()).isEmpty();
    }

    @Test
    void theClientChoosesTheFormOfTheAnswer() throws IOException {
        sendBody(port, "PUT", "/kv/text", "hi", "Content-Type: text/plain");
        sendBody(port, "PUT", "/kv/bytes", "\u00ff", "Content-Type: text/plain");
        putJson(port, "/kv/json", "{\"value\":\"hi\"}");
        assertThat(send(port, "GET", "/kv/text", "Accept: application/json").text())
                .isEqualTo("{\"key\":\"text\",\"value\":\"hi\",\"revision\":\"3-41\"}");
        assertThat(send(port, "GET", "/kv/bytes", "Accept: application/json").text())
                .isEqualTo("{\"key\":\"bytes\",\"valueBase64\":\"/w==\",\"revision\":\"3-42\"}");
        Answer bytes = send(port, "GET", "/kv/json", "Accept: application/octet-stream");
        assertThat(bytes.text()).isEqualTo("hi");
        assertThat(bytes.header("Content-Type")).contains("application/octet-stream");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "*/* | text/plain",
                "text/html,application/xhtml+xml,*/*;q=0.8 | text/plain",
                "application/json, text/plain, */* | application/json",
                "application/json;q=0.1, application/octet-stream;q=0.9 | application/octet-stream",
                "application/octet-stream;q=0 | text/plain",
                "Application/JSON | application/json",
                ",,;q=x,application/json;q=nonsense | application/json",
            })
    void acceptIsReadAsClientsMeanIt(String accept, String type) throws IOException {
        sendBody(port, "PUT", "/kv/k", "hi", "Content-Type: text/plain");
        assertThat(send(port, "GET", "/kv/k", "Accept: " + accept).header("Content-Type"))
                .contains(type);
    }

    @Test
    void aContentTypeThatCannotBeKeptIsRefused() throws IOException {
        assertThat(sendBody(port, "PUT", "/kv/k", "x", "Content-Type: " + "a".repeat(257))
                        .status())
                .isEqualTo(400);
        assertThat(sendBody(port, "PUT", "/kv/k", "x", "Content-Type: text/\u00ff")
                        .status())
                .isEqualTo(400);
        assertThat(sendBody(port, "PUT", "/kv/k", "{\"value\":1}", "Content-Type: application/json; charset=utf-16")
                        .status())
                .isEqualTo(400);
        assertThat(sendBody(port, "PUT", "/kv/k", "{\"value\":1}", "Content-Type: application/json; Charset=\"UTF-8\"")
                        .status())
                .isEqualTo(201);
    }

    @Test
    void theLongestValueIsTakenAndALongerOneRefusedInEitherForm() throws IOException {
        String longest = "x".repeat(4_096);
        assertThat(sendBody(port, "PUT", "/kv/raw", longest).status()).isEqualTo(201);
        assertThat(putJson(port, "/kv/json", "{\"value\":\"" + longest + "\"}").status())
                .isEqualTo(201);
        assertThat(putJson(port, "/kv/escaped", "{\"value\":\"" + "\\u0001".repeat(4_096) + "\"}")
                        .status())
                .isEqualTo(201);
        for (Answer longer : new Answer[] {
            sendBody(port, "PUT", "/kv/raw", longest + "x"),
            putJson(port, "/kv/json", "{\"value\":\"" + longest + "x\"}")
        }) {
            assertThat(longer.status()).isEqualTo(413);
            assertThat(longer.json().path("type").stringValue()).isEqualTo("urn:quorate:problem:value-too-large");
            assertThat(longer.json().path("detail").stringValue()).contains("4096");
        }
        assertThat(worker.commands).hasSize(3);
    }
}
