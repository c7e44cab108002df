package io.quorate.core.controller;

import io.quorate.core.message.Message;
import io.quorate.core.message.Order;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Collects orders so that a worker gets those of all its partitions in one message. */
final class Outbox {
    private final SortedMap<String, List<Order>> orders = new TreeMap<>();

    void add(String worker, Order order) {
        orders.computeIfAbsent(worker, id -> new ArrayList<>()).add(order);
    }

    void flush(Consumer<ControllerEffect> effects) {
        orders.forEach((worker, all) -> {
            for (int from = 0; from < all.size(); from += ControllerLimits.MAX_ORDERS_OF_MESSAGE) {
                int to = Math.min(all.size(), from + ControllerLimits.MAX_ORDERS_OF_MESSAGE);
                effects.accept(new ControllerEffect.SendOrders(worker, new Message.Orders(all.subList(from, to))));
            }
        });
        orders.clear();
    }
}
