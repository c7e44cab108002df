package io.quorate.client;

import io.quorate.api.Bytes;
import java.util.Optional;

/**
 * A call, with where it goes.
 *
 * @param route the key whose workers are asked first
 * @param wrong why it need not be sent, if that is known before
 */
record RoutedCall<T>(Bytes route, Call<T> call, Optional<Refusal> wrong) {}
