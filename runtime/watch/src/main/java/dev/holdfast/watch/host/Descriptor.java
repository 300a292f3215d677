package dev.holdfast.watch.host;

import java.util.Optional;

/**
 * What a process holds under a number.
 *
 * @param name the real path of a file, {@code source:port->target:port} of a socket, or whatever else names it; may be empty
 * @param nameRaw the path as the program wrote it; empty where there was none
 * @param device the number of the device that holds the file; 0 when unknown
 * @param inode 0 when unknown
 * @param upperLayer whether the file lies in the writable layer of an overlay; false also when unknown
 * @param lowerLayer whether the file lies in a read-only layer of an overlay; false also when unknown
 * @param socket of a socket
 */
public record Descriptor(
        DescriptorKind kind,
        String name,
        String nameRaw,
        long device,
        long inode,
        boolean upperLayer,
        boolean lowerLayer,
        Optional<Socket> socket) {

    /** One that has only a name. */
    public static Descriptor of(DescriptorKind kind, String name) {
        return new Descriptor(kind, name, "", 0, 0, false, false, Optional.empty());
    }

    /** A socket. */
    public static Descriptor of(Socket socket) {
        return new Descriptor(socket.family().kind(), socket.name(), "", 0, 0, false, false, Optional.of(socket));
    }

    /** The same by another name. */
    public Descriptor named(String newName) {
        return new Descriptor(kind, newName, nameRaw, device, inode, upperLayer, lowerLayer, socket);
    }

    /** The part of the path before the last slash, {@code /} when there is none; for a folder, and for what ends with a slash, the path. */
    public String directory() {
        if (kind == DescriptorKind.DIRECTORY) {
            return name;
        }
        int slash = name.lastIndexOf('/');
        return slash <= 0 ? "/" : slash == name.length() - 1 ? name : name.substring(0, slash);
    }

    /** The part of the path behind the last slash, {@code /} when there is none; of what ends with a slash the path. */
    public String filename() {
        int slash = name.lastIndexOf('/');
        return slash < 0 ? "/" : slash == name.length() - 1 ? name : name.substring(slash + 1);
    }
}
