package io.quorate.server.config;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.stream.Collectors;

/** The controllers of a cluster as {@code CONTROLLERS} writes them. */
public record ControllerGroup(List<Member> members) {
    public ControllerGroup {
        members = List.copyOf(members);
    }

    /**
     * One controller.
     *
     * @param id its id
     * @param host the name or address under which all others reach it, an IPv6 address in brackets
     * @param httpPort its port for clients and heartbeats
     * @param peerPort its port for the other controllers
     */
    public record Member(String id, String host, int httpPort, int peerPort) {
        /** Its HTTP address. */
        public String http() {
            return "http://" + host + ":" + httpPort;
        }

        /** As {@code CONTROLLERS} writes it. */
        public String written() {
            return id + "@" + host + ":" + httpPort + ":" + peerPort;
        }
    }

    /** Reads a value that {@link Setting#CONTROLLERS} accepts. */
    static ControllerGroup parse(String text) {
        return new ControllerGroup(
                Form.ListOf.split(text).stream().map(ControllerGroup::read).toList());
    }

    private static Member read(String text) {
        Matcher parts = Form.Controller.FORM.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("no controller: " + text);
        }
        return new Member(
                parts.group(1), parts.group(2), Integer.parseInt(parts.group(3)), Integer.parseInt(parts.group(4)));
    }

    /** The controller with that id. */
    public Optional<Member> member(String id) {
        return members.stream().filter(member -> member.id().equals(id)).findFirst();
    }

    /** As {@code CONTROLLERS} writes it. */
    public String written() {
        return members.stream().map(Member::written).collect(Collectors.joining(","));
    }

    /** The group that the settings of a controller name, if they name one. */
    public static Optional<ControllerGroup> of(Settings settings) {
        return settings.given(Setting.CONTROLLERS).map(ControllerGroup::parse);
    }
}
