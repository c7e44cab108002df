/**
 * The Java client: reads, writes and lists keys with typed results, alone or in batches, repeats what is safe to repeat,
 * and watches keys.
 *
 * <pre>{@code
 * import io.quorate.api.Bytes;
 * import io.quorate.api.Command;
 * import io.quorate.api.Condition;
 * import io.quorate.api.Lifetime;
 * import io.quorate.api.Value;
 * import io.quorate.client.QuorateClient;
 * import io.quorate.client.ReadResult;
 * import io.quorate.client.Refusal;
 * import io.quorate.client.WriteResult;
 *
 * class Lock {
 *     public static void main(String[] arguments) {
 *         Bytes lock = Bytes.utf8("lock");
 *         try (QuorateClient client = QuorateClient.builder()
 *                 .address("http://127.0.0.1:8000")
 *                 .address("http://127.0.0.1:8001")
 *                 .build()) {
 *             Command take = new Command.Put(lock, Value.json("me"), new Condition.Absent(), new Lifetime.For(30_000));
 *             IO.println(switch (client.write(take)) {
 *                 case WriteResult.Applied mine -> "mine for 30 s, as of " + mine.revision();
 *                 case WriteResult.ConditionFailed taken -> "taken: " + owner(client.get(lock));
 *                 case WriteResult.NotApplied(Refusal why) -> "not mine: " + why.detail();
 *                 case WriteResult.Unknown open -> "mine or not, ask again as " + open.idempotencyKey();
 *             });
 *         }
 *     }
 *
 *     private static String owner(ReadResult read) {
 *         return switch (read) {
 *             case ReadResult.Found found -> found.value().bytes().toString();
 *             case ReadResult.Missing free -> "free again";
 *             case ReadResult.NotServed(Refusal why) -> why.detail();
 *         };
 *     }
 * }
 * }</pre>
 *
 * <p>All types but the builder, and the loops over a {@link Watch} and a {@link Listing}, are thread-safe.
 */
@NullMarked
package io.quorate.client;

import org.jspecify.annotations.NullMarked;
