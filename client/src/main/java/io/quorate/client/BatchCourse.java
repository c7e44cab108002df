package io.quorate.client;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * A batch of items that are each for themselves: it is sent again as it is, with every item under its number, until each
 * has a result.
 */
final class BatchCourse implements Course<List<BatchItemResult>> {
    private final WireRequest request;
    private final List<ItemFate> items = new ArrayList<>();

    /**
     * @param idempotencyKey of the batch, to which the worker adds the number of each item
     * @param clockMillis the time of this machine, milliseconds since 1970
     */
    BatchCourse(WireRequest request, List<BatchItem> items, String idempotencyKey, LongSupplier clockMillis) {
        this.request = request;
        for (int number = 0; number < items.size(); number++) {
            this.items.add(
                    switch (items.get(number)) {
                        case BatchItem.Write _ -> new ItemFate.OfWrite(idempotencyKey + "#" + number);
                        case BatchItem.Read _ -> new ItemFate.OfRead(clockMillis);
                    });
        }
    }

    @Override
    public WireRequest request() {
        return request;
    }

    @Override
    public Optional<List<BatchItemResult>> after(Reply reply) {
        switch (reply) {
            case Reply.NotSent(String detail) -> items.forEach(item -> item.notSent(detail));
            case Reply.Lost(String detail) -> items.forEach(item -> item.lost(detail));
            case Reply.TooLarge(int limitBytes) ->
                items.forEach(item -> item.lost("the answer to the batch has more than " + limitBytes + " bytes"));
            case Reply.Answered answer -> answered(answer);
        }
        List<BatchItemResult> results =
                items.stream().flatMap(item -> item.result().stream()).toList();
        return results.size() == items.size() ? Optional.of(results) : Optional.empty();
    }

    private void answered(Reply.Answered answer) {
        if (!answer.isSuccess()) {
            ProblemBody whole = ProblemBody.of(answer);
            items.forEach(item -> item.answered(whole));
            return;
        }
        List<Json> answers =
                JsonReader.read(answer.body()).orElseGet(Json.Null::new).elements("items");
        if (answers.size() != items.size()) {
            items.forEach(item -> item.lost("the answer to the batch is not understood"));
            return;
        }
        for (int number = 0; number < answers.size(); number++) {
            items.get(number).answered(answers.get(number));
        }
    }

    @Override
    public List<BatchItemResult> ended() {
        return items.stream().map(ItemFate::ended).toList();
    }

    @Override
    public List<BatchItemResult> refused(Refusal why) {
        return items.stream().map(item -> item.refused(why)).toList();
    }

    @Override
    public int maxBodyBytes(int ofOneValue) {
        return Math.max(ofOneValue, BatchRequests.MAX_ANSWER_BYTES);
    }
}
