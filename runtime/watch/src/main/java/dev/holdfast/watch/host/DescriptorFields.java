package dev.holdfast.watch.host;

import static dev.holdfast.watch.host.SyscallFields.text;

import dev.holdfast.rules.event.Value;
import dev.holdfast.watch.host.Socket.Endpoint;
import dev.holdfast.watch.host.SyscallFields.Reader;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The fields {@code fd.*}: of the descriptor that a call works on or has made. */
final class DescriptorFields {
    private DescriptorFields() {}

    static void addTo(Map<String, Reader> fields) {
        addNames(fields);
        addFile(fields);
        addSocket(fields);
        addEnds(fields);
    }

    private static void put(Map<String, Reader> fields, String name, Function<Descriptor, String> read) {
        fields.put("fd." + name, (event, use, into) -> event.descriptor().ifPresent(fd -> text(into, read.apply(fd))));
    }

    private static void addNames(Map<String, Reader> fields) {
        fields.put("fd.num", (event, use, into) -> {
            boolean isNumbered = event.descriptorNumber() >= 0;
            if (isNumbered || event.descriptor().isPresent()) {
                into.set(isNumbered ? event.descriptorNumber() : -1);
            }
        });
        put(fields, "type", fd -> fd.kind().word());
        put(fields, "typechar", fd -> fd.kind().letter());
        // A descriptor without a name, such as one end of a pipe, is called by the empty text.
        fields.put("fd.name", (event, use, into) -> event.descriptor().ifPresent(fd -> into.set(fd.name())));
        fields.put(
                "fd.nameraw",
                (event, use, into) -> event.descriptor()
                        .ifPresent(fd -> into.set(fd.nameRaw().isEmpty() ? fd.name() : fd.nameRaw())));
        put(fields, "directory", fd -> fd.kind().isPath() ? fd.directory() : "");
        put(fields, "filename", fd -> fd.kind() == DescriptorKind.FILE ? fd.filename() : "");
        fields.put(
                "fd.uid",
                (event, use, into) -> event.descriptor()
                        .ifPresent(fd -> into.set(event.task().tid() + "" + event.descriptorNumber())));
        fields.put(
                "fd.containername",
                (event, use, into) ->
                        event.descriptor().ifPresent(fd -> into.set(containerOf(event) + ":" + fd.name())));
        fields.put(
                "fd.containerdirectory",
                (event, use, into) -> event.descriptor()
                        .filter(fd -> fd.kind().isPath())
                        .ifPresent(fd -> into.set(containerOf(event) + ":" + fd.directory())));
        fields.put(
                "fd.name_changed",
                (event, use, into) -> event.descriptor().ifPresent(fd -> into.set(event.nameChanged())));
        fields.put("fd.types", (event, use, into) -> {
            into.setList();
            if (use.argument().isPresent()) {
                event.task()
                        .descriptor(use.index())
                        .ifPresent(fd -> into.add().set(fd.kind().word()));
                return;
            }
            event.task().descriptors().values().stream()
                    .map(fd -> fd.kind().word())
                    .distinct()
                    .sorted()
                    .forEach(word -> into.add().set(word));
        });
    }

    private static String containerOf(SyscallEvent event) {
        return event.task().container().map(Container::shortId).orElse("");
    }

    private static void addFile(Map<String, Reader> fields) {
        fields.put("fd.dev", (event, use, into) -> device(event, into, 0, -1));
        fields.put("fd.dev.major", (event, use, into) -> device(event, into, 8, 0xfff));
        fields.put(
                "fd.dev.minor",
                (event, use, into) -> event.descriptor()
                        .filter(fd -> fd.device() != 0)
                        .ifPresent(fd -> into.set((fd.device() & 0xff) | (fd.device() >>> 12 & 0xfff00))));
        fields.put(
                "fd.ino",
                (event, use, into) ->
                        event.descriptor().filter(fd -> fd.inode() != 0).ifPresent(fd -> into.set(fd.inode())));
        fields.put(
                "fd.is_upper_layer",
                (event, use, into) -> event.descriptor().ifPresent(fd -> into.set(fd.upperLayer())));
        fields.put(
                "fd.is_lower_layer",
                (event, use, into) -> event.descriptor().ifPresent(fd -> into.set(fd.lowerLayer())));
    }

    /** A device's number as Linux encodes it: the lower byte and the upper twelve bits are the minor one. */
    private static void device(SyscallEvent event, Value into, int shift, long mask) {
        event.descriptor().filter(fd -> fd.device() != 0).ifPresent(fd -> into.set(fd.device() >>> shift & mask));
    }

    private static Optional<Socket> socket(SyscallEvent event) {
        return event.descriptor().flatMap(Descriptor::socket);
    }

    private static void addSocket(Map<String, Reader> fields) {
        fields.put(
                "fd.l4proto",
                (event, use, into) -> socket(event)
                        .filter(socket -> socket.family().kind().isInternet())
                        .ifPresent(socket -> text(into, socket.protocol())));
        fields.put(
                "fd.sockfamily",
                (event, use, into) -> socket(event).ifPresent(socket -> {
                    if (socket.family().kind().isInternet()) {
                        into.set("ip");
                    } else if (socket.family() == Socket.Family.UNIX) {
                        into.set("unix");
                    }
                }));
        fields.put(
                "fd.is_server",
                (event, use, into) -> event.descriptor()
                        .ifPresent(fd -> into.set(fd.socket()
                                .filter(socket -> socket.role() == Socket.Role.SERVER)
                                .isPresent())));
        fields.put(
                "fd.connected",
                (event, use, into) -> event.descriptor()
                        .ifPresent(fd ->
                                into.set(fd.socket().filter(Socket::isConnected).isPresent())));
    }

    private static void addEnds(Map<String, Reader> fields) {
        end(fields, "c", Socket::client);
        end(fields, "s", Socket::server);
        end(fields, "l", Socket::local);
        end(fields, "r", Socket::remote);
        for (String name : List.of("fd.ip", "fd.net")) {
            fields.put(name, (event, use, into) -> {
                into.setList();
                ends(event).forEach(endpoint -> endpoint.address(into.add()));
            });
        }
        for (String name : List.of("fd.port", "fd.proto")) {
            fields.put(name, (event, use, into) -> {
                into.setList();
                ends(event).forEach(endpoint -> into.add().set((long) endpoint.port()));
            });
        }
    }

    /** Both ends, the one that asked first. */
    private static List<Endpoint> ends(SyscallEvent event) {
        return socket(event)
                .map(socket -> java.util.stream.Stream.of(socket.client(), socket.server())
                        .flatMap(Optional::stream)
                        .toList())
                .orElse(List.of());
    }

    private static void end(Map<String, Reader> fields, String letter, Function<Socket, Optional<Endpoint>> which) {
        Reader address =
                (event, use, into) -> socket(event).flatMap(which).ifPresent(endpoint -> endpoint.address(into));
        fields.put("fd." + letter + "ip", address);
        fields.put("fd." + letter + "net", address);
        fields.put(
                "fd." + letter + "proto",
                (event, use, into) -> socket(event)
                        .flatMap(which)
                        .ifPresent(endpoint -> into.set(Integer.toString(endpoint.port()))));
        fields.put(
                "fd." + letter + "port",
                (event, use, into) ->
                        socket(event).flatMap(which).ifPresent(endpoint -> into.set((long) endpoint.port())));
    }
}
